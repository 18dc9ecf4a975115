import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { chainAudit } from './append.ts'

/** What is committed within this time is chained together. */
const quietMs = 500

/** Chains in the background whatever waits, one run at a time; a failure is tried again when woken. */
export class AuditChain {
  readonly #db: Database
  readonly #log: Logger
  #running: Promise<void> | null = null
  #soon: NodeJS.Timeout | null = null
  #again = false
  #closed = false

  constructor(db: Database, log: Logger) {
    this.#db = db
    this.#log = log
  }

  wake(): void {
    if (this.#closed || this.#soon) return
    if (this.#running) {
      this.#again = true
      return
    }
    this.#soon = setTimeout(() => {
      this.#soon = null
      this.#running = this.#run()
    }, quietMs)
    this.#soon.unref()
  }

  async close(): Promise<void> {
    this.#closed = true
    if (this.#soon) clearTimeout(this.#soon)
    await this.#running
  }

  async #run(): Promise<void> {
    try {
      await chainAudit(this.#db)
    } catch (error) {
      if (!this.#closed)
        this.#log.warn({ err: error }, 'the audit could not be chained: tried again')
    }
    this.#running = null
    if (!this.#again) return
    this.#again = false
    this.wake()
  }
}
