import type { Clock } from '../clock.ts'
import type { Live } from '../deps.ts'

/** Where the messages of one reader go: resolves when the reader has room for more. */
export interface Sink {
  write(message: string): Promise<unknown>
  readonly aborted: boolean
  /** Ends a reader that no longer reads. */
  drop(): void
}

/** More changes than this are not replayed: the page fetches everything again. */
export const replayLimit = 10_000
const heartbeatMs = 15_000
const beatsPerClock = 4
/** A reader that takes nothing for this many heartbeats is dropped; it resumes when it wakes up. */
const patienceBeats = 2
const perMessage = 1000
const messagesKept = 32

interface Reader {
  sink: Sink
  /** Heartbeats since the reader's oldest unread message. */
  stuck: number
  writing: boolean
}

/**
 * Tells any number of readers the changes after their own cursor. Each reader pulls, so one that
 * reads slowly holds one message and a cursor, never a queue; messages are made once for all readers
 * that stand at the same place.
 */
export class EventHub {
  readonly #live: Live
  readonly #clock: Clock
  readonly #readers = new Set<Reader>()
  readonly #made = new Map<number, Promise<{ message: string; last: number } | null>>()
  readonly #stop: () => void
  #bell = ring()
  #beats = 0

  constructor(live: Live, clock: Clock, beatMs = heartbeatMs) {
    this.#live = live
    this.#clock = clock
    const unsubscribe = live.subscribe(() => {
      this.#made.clear()
      this.#wakeAll()
    })
    const heart = setInterval(() => this.#beat(), beatMs)
    heart.unref()
    this.#stop = () => {
      unsubscribe()
      clearInterval(heart)
    }
  }

  get readers(): number {
    return this.#readers.size
  }

  /**
   * Serves one reader until it leaves.
   * @param since the last change it has seen; undefined: it starts with what comes now.
   */
  async serve(sink: Sink, since?: number): Promise<void> {
    const reader: Reader = { sink, stuck: 0, writing: false }
    this.#readers.add(reader)
    try {
      const unknown = since !== undefined && since > this.#live.seq
      let cursor = unknown ? this.#live.seq : (since ?? this.#live.seq)
      await this.#write(reader, `retry: 1000\n\n${this.#clockMessage(cursor)}`)
      if (unknown) await this.#write(reader, resetMessage(cursor))
      let beats = this.#beats
      while (!sink.aborted) {
        const bell = this.#bell.rung
        if (this.#live.seq - cursor > replayLimit) {
          cursor = this.#live.seq
          await this.#write(reader, resetMessage(cursor))
          continue
        }
        const next = cursor < this.#live.seq ? await this.#messageAfter(cursor) : null
        if (next) {
          cursor = next.last
          await this.#write(reader, next.message)
        } else if (this.#beats !== beats) {
          beats = this.#beats
          const tell = beats % beatsPerClock === 0
          await this.#write(reader, tell ? this.#clockMessage(cursor) : ': \n\n')
        } else await bell
      }
    } finally {
      this.#readers.delete(reader)
    }
  }

  close(): void {
    this.#stop()
    for (const reader of this.#readers) reader.sink.drop()
    this.#wakeAll()
  }

  async #write(reader: Reader, message: string): Promise<void> {
    reader.writing = true
    await reader.sink.write(message)
    reader.writing = false
    reader.stuck = 0
  }

  #messageAfter(cursor: number): Promise<{ message: string; last: number } | null> {
    const known = this.#made.get(cursor)
    if (known) return known
    if (this.#made.size >= messagesKept) this.#made.clear()
    const made = this.#live.since(cursor, perMessage).then((changes) => {
      const last = changes.at(-1)?.seq
      if (last === undefined) return null
      return { last, message: `event: change\nid: ${last}\ndata: ${JSON.stringify(changes)}\n\n` }
    })
    this.#made.set(cursor, made)
    made.catch(() => this.#made.delete(cursor))
    return made
  }

  #clockMessage(cursor: number): string {
    const now = this.#clock.now().toISOString()
    const data = JSON.stringify({ now, simulated: this.#clock.simulated })
    return `event: clock\nid: ${cursor}\ndata: ${data}\n\n`
  }

  #beat(): void {
    this.#beats++
    for (const reader of this.#readers) {
      if (!reader.writing) continue
      reader.stuck++
      if (reader.stuck > patienceBeats) reader.sink.drop()
    }
    this.#wakeAll()
  }

  #wakeAll(): void {
    const bell = this.#bell
    this.#bell = ring()
    bell.strike()
  }
}

function resetMessage(seq: number): string {
  return `event: reset\nid: ${seq}\ndata: ${JSON.stringify({ seq })}\n\n`
}

/** One promise that every waiting reader shares. */
function ring(): { rung: Promise<void>; strike: () => void } {
  let strike = () => {}
  const rung = new Promise<void>((resolve) => {
    strike = resolve
  })
  return { rung, strike }
}
