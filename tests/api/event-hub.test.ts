import { realClock } from 'api/clock'
import type { Live } from 'api/deps'
import type { Change } from 'api/event/contract'
import { EventHub, type Sink } from 'api/event/stream'
import type { KnownChange } from 'api/event/told'
import { expect, test } from 'vitest'
import { cityViewer } from '../support/viewer.ts'

/** A feed in memory: the hub's behaviour with thousands of changes or readers needs no database. */
function memoryLive(): Live & { add(count: number): void } {
  const changes: KnownChange[] = []
  const listeners = new Set<(changes: readonly KnownChange[]) => void>()
  return {
    get seq() {
      return changes.length
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    since: async (seq, limit) => changes.slice(seq, seq + limit),
    close: async () => {},
    add: (count) => {
      const from = changes.length
      for (let seq = from + 1; seq <= from + count; seq++) {
        const at = '2023-05-31T01:00:00.000Z'
        const none = { projectId: null, unitId: null, parkId: null, personId: null }
        changes.push({ seq, at, noun: 'project', rowId: seq, op: 'update', ...none })
      }
      for (const listener of listeners) listener(changes.slice(from))
    },
  }
}
const everything = async () => cityViewer
interface Collector extends Sink {
  messages: string[]
  until(enough: (messages: string[]) => boolean): Promise<void>
}
function collector(): Collector {
  const messages: string[] = []
  let check = () => {}
  let aborted = false
  return {
    messages,
    get aborted() {
      return aborted
    },
    drop: () => {
      aborted = true
    },
    write: async (message) => {
      messages.push(message)
      check()
    },
    until: (enough) =>
      new Promise((resolve) => {
        check = () => {
          if (enough(messages)) resolve()
        }
        check()
      }),
  }
}
const sequence = (sink: Collector): number[] =>
  sink.messages
    .filter((message) => message.startsWith('event: change'))
    .flatMap((message) => JSON.parse(/^data: (.*)$/m.exec(message)?.[1] ?? '[]') as Change[])
    .map(({ seq }) => seq)
const idOf = (message: string | undefined) => /^id: (\d+)$/m.exec(message ?? '')?.[1]

test('1,000 readers all hear everything in order', async () => {
  const feed = memoryLive()
  const hub = new EventHub(feed, realClock)
  const sinks = Array.from({ length: 1000 }, collector)
  const served = sinks.map((sink) => hub.serve(sink, everything))
  for (let wake = 0; wake < 5; wake++) {
    feed.add(300)
    await Promise.all(
      sinks.map((sink) => sink.until((messages) => idOf(messages.at(-1)) === String(feed.seq))),
    )
  }
  const all = Array.from({ length: 1500 }, (_, at) => at + 1)
  const incomplete = sinks.filter((sink) => sequence(sink).join() !== all.join())
  expect(incomplete).toHaveLength(0)
  hub.close()
  await Promise.all(served)
  expect(hub.readers).toBe(0)
})

test('a gap of more than 10,000 changes is answered with reset, then goes on', async () => {
  const feed = memoryLive()
  feed.add(10_001)
  const hub = new EventHub(feed, realClock)
  const far = collector()
  const near = collector()
  const served = [hub.serve(far, everything, 0), hub.serve(near, everything, 1)]
  await far.until((messages) => messages.length >= 2)
  expect(far.messages[1]).toBe('event: reset\nid: 10001\ndata: {"seq":10001}\n\n')
  await near.until((messages) => idOf(messages.at(-1)) === '10001')
  expect(near.messages.filter((message) => message.startsWith('event: change'))).toHaveLength(10)
  feed.add(1)
  await far.until((messages) => idOf(messages.at(-1)) === '10002')
  hub.close()
  await Promise.all(served)
})

test('heartbeats keep a silent stream open; a reader that takes nothing is dropped', async () => {
  const feed = memoryLive()
  const hub = new EventHub(feed, realClock, 5)
  const reader = collector()
  const served = hub.serve(reader, everything)
  await reader.until((messages) => messages.filter((one) => one === ': \n\n').length >= 3)
  await reader.until(
    (messages) => messages.filter((one) => one.includes('event: clock')).length >= 2,
  )
  let release = () => {}
  const dropped = new Promise<void>((resolve) => {
    void hub
      .serve(
        {
          aborted: false,
          drop: () => {
            release()
            resolve()
          },
          write: () =>
            new Promise<void>((_, reject) => {
              release = () => reject(new Error('gone'))
            }),
        },
        everything,
      )
      .catch(() => {})
  })
  await dropped
  hub.close()
  await served
  expect(hub.readers).toBe(0)
})
