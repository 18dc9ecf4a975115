import type { Clock } from '../clock.ts'
import type { Live } from '../deps.ts'
import { scopeKey } from '../person/scope.ts'
import { type Asking, asTold, isTold, type KnownChange } from './told.ts'

/** Who reads: asked again when what people may see has changed; null: the session is over. */
export type Admission = () => Promise<Asking | null>

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
const messagesKept = 64
/** A change of these may change what somebody sees. */
const rights = new Set([
  'person',
  'role_grant',
  'deputy',
  'project_person',
  'project',
  'issue',
  'dispatch_task',
])

interface Message {
  /** Null where the reader is told of none of the changes. */
  text: string | null
  last: number
  /** Set where some of them concern one person alone: each reader's message is its own. */
  changes?: KnownChange[]
}

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
  readonly #made = new Map<string, Promise<Message | null>>()
  readonly #stop: () => void
  #bell = ring()
  #beats = 0
  /** Grows when somebody's rights may have changed. */
  #rights = 0

  constructor(live: Live, clock: Clock, beatMs = heartbeatMs) {
    this.#live = live
    this.#clock = clock
    const unsubscribe = live.subscribe((changes) => {
      if (changes.some(({ noun }) => rights.has(noun))) this.#rights++
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
   * Serves one reader until it leaves, or may read no longer.
   * @param since the last change it has seen; undefined: it starts with what comes now.
   */
  async serve(sink: Sink, admission: Admission, since?: number): Promise<void> {
    const reader: Reader = { sink, stuck: 0, writing: false }
    this.#readers.add(reader)
    try {
      const unknown = since !== undefined && since > this.#live.seq
      let cursor = unknown ? this.#live.seq : (since ?? this.#live.seq)
      await this.#write(reader, `retry: 1000\n\n${this.#clockMessage(cursor)}`)
      if (unknown) await this.#write(reader, resetMessage(cursor))
      let beats = this.#beats
      let seen = { rights: this.#rights, beats: -1, who: await admission() }
      while (!sink.aborted) {
        const bell = this.#bell.rung
        if (seen.rights !== this.#rights || seen.beats !== this.#beats) {
          const before = seen.who && scopeKey(seen.who.scope)
          seen = { rights: this.#rights, beats: this.#beats, who: await admission() }
          if (seen.who && before !== null && scopeKey(seen.who.scope) !== before) {
            cursor = this.#live.seq
            await this.#write(reader, resetMessage(cursor))
          }
        }
        if (seen.who === null) return sink.drop()
        if (this.#live.seq - cursor > replayLimit) {
          cursor = this.#live.seq
          await this.#write(reader, resetMessage(cursor))
          continue
        }
        const next = cursor < this.#live.seq ? await this.#messageAfter(cursor, seen.who) : null
        if (next) {
          cursor = next.last
          const text = next.changes ? messageOf(next.changes, seen.who, next.last) : next.text
          if (text !== null) await this.#write(reader, text)
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

  /** Made once for all who stand at the same place and may see the same. */
  #messageAfter(cursor: number, who: Asking): Promise<Message | null> {
    const key = `${scopeKey(who.scope)} ${cursor}`
    const known = this.#made.get(key)
    if (known) return known
    if (this.#made.size >= messagesKept) this.#made.clear()
    const made = this.#live.since(cursor, perMessage).then((changes) => {
      const last = changes.at(-1)?.seq
      if (last === undefined) return null
      if (changes.some(({ personId }) => personId !== null)) return { last, text: null, changes }
      return { last, text: messageOf(changes, who, last) }
    })
    this.#made.set(key, made)
    made.catch(() => this.#made.delete(key))
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

/** Null where the reader is told of none of them. */
function messageOf(changes: readonly KnownChange[], who: Asking, last: number): string | null {
  const told = changes.filter((change) => isTold(who, change)).map(asTold)
  if (told.length === 0) return null
  return `event: change\nid: ${last}\ndata: ${JSON.stringify(told)}\n\n`
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
