import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { type AuditEvent, recordEvent } from './event.ts'

const minuteMs = 60_000
/** Different refusals that are told apart in a minute; all others are told as one. */
const mostApart = 500

interface Kept {
  event: AuditEvent
  /** Refusals since the first, which is recorded at once. */
  more: number
}

/**
 * Records refused requests. The first of a minute at once; the same person (or address) at the same
 * route again within the minute is counted and told in one entry when the minute is over. So a flood
 * writes some entries a minute, not one for each request.
 */
export class DeniedRequests {
  readonly #db: Database
  readonly #log: Logger
  readonly #kept = new Map<string, Kept>()
  #minute = 0

  constructor(db: Database, log: Logger) {
    this.#db = db
    this.#log = log
    // Tells the counts of a minute after which nobody asks any more.
    setInterval(() => void this.#turn(), minuteMs).unref()
  }

  /** `key` says which refusals are the same. */
  async note(key: string, event: AuditEvent): Promise<void> {
    await this.#turn()
    const same = this.#kept.get(key) ?? this.#overflow()
    if (same) {
      same.more += 1
      return
    }
    this.#kept.set(key, { event, more: 0 })
    await this.#write(event)
  }

  /** One too many: an entry for all that come after. */
  #overflow(): Kept | undefined {
    if (this.#kept.size < mostApart) return undefined
    const rest = this.#kept.get('') ?? { event: { ...others }, more: 0 }
    this.#kept.set('', rest)
    return rest
  }

  /** When the minute is over, tells how often each refusal was repeated in it. */
  async #turn(): Promise<void> {
    const minute = Math.floor(this.#db.clock.now().getTime() / minuteMs)
    if (minute === this.#minute) return
    this.#minute = minute
    const over = [...this.#kept.values()].filter(({ more }) => more > 0)
    this.#kept.clear()
    for (const { event, more } of over) {
      await this.#write({ ...event, detail: { ...event.detail, repeated: more } })
    }
  }

  /** The caller is refused in any case: a record that fails is no reason to answer otherwise. */
  async #write(event: AuditEvent): Promise<void> {
    try {
      await recordEvent(this.#db.sql, this.#db.clock.now(), event)
    } catch (error) {
      this.#log.error({ err: error, event }, 'a refused request could not be recorded')
    }
  }
}

const others: AuditEvent = {
  kind: 'denied',
  personId: null,
  actor: '其他',
  reason: '其余被拒绝的请求',
}
