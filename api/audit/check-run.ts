import type { Logger } from 'pino'
import type { Author, Database } from '../db/database.ts'
import { recordEvent } from './event.ts'
import { type Verification, verifyAudit } from './verify.ts'

/** A check of the whole record in the background, one at a time; its outcome stands in the record. */
export class CheckRun {
  readonly #db: Database
  readonly #log: Logger
  /** Null while none is under way. */
  running: { done: number; total: number } | null = null

  constructor(db: Database, log: Logger) {
    this.#db = db
    this.#log = log
  }

  /** Begins one, unless one is under way. */
  start(author: Author): void {
    if (this.running) return
    this.running = { done: 0, total: 0 }
    void this.#run(author)
  }

  async #run(author: Author): Promise<void> {
    const progress = (done: number, total: number) => {
      this.running = { done, total }
    }
    try {
      await recordCheck(this.#db, author, await verifyAudit(this.#db, { progress }))
    } catch (error) {
      this.#log.error({ err: error }, 'the audit could not be checked')
    }
    this.running = null
  }
}

/** Writes down who checked the record, up to where, and what was found. */
export function recordCheck(
  db: Database,
  { actor, by }: Author,
  { head, damage }: Verification,
): Promise<void> {
  return recordEvent(db.sql, db.clock.now(), {
    kind: 'verify',
    personId: by?.personId ?? null,
    actor,
    address: by?.address,
    agent: by?.agent,
    reason: damage ? `核对留痕：${damage.message}` : '核对留痕：完好',
    detail: { n: head?.n ?? 0, hash: head?.hash ?? '', damage: damage && sentenceOf(damage) },
  })
}

/** Where the damage is, in one line. */
const sentenceOf = ({ message, n, table, rowId, field }: NonNullable<Verification['damage']>) =>
  [
    message,
    n && `留痕编号 ${n}`,
    table && `表 ${table}`,
    rowId && `记录 ${rowId}`,
    field && `字段 ${field}`,
  ]
    .filter(Boolean)
    .join('，')
