import { Worker } from 'node:worker_threads'
import type { Answer, Question } from './index-worker.ts'

type Asked<One> = One extends { ask: number } ? Omit<One, 'ask'> : never
export interface Encoded {
  body: Uint8Array<ArrayBuffer> | null
  tag: string
}

/**
 * The thread that holds the tile indexes, so that building and encoding never hold up a request.
 * Starts with the first question; after a crash the next question starts an empty one.
 */
export class WorkerLink {
  readonly #onLost: (error: Error) => void
  readonly #waiting = new Map<
    number,
    { resolve: (answer: Encoded) => void; reject: (error: Error) => void }
  >()
  #worker: Worker | null = null
  #asked = 0

  /** @param onLost told when the thread ends by itself: what was loaded is gone. */
  constructor(onLost: (error: Error) => void) {
    this.#onLost = onLost
  }

  ask(question: Asked<Question>, moved: ArrayBuffer[] = []): Promise<Encoded> {
    this.#worker ??= this.#start()
    this.#asked += 1
    const ask = this.#asked
    const worker = this.#worker
    return new Promise((resolve, reject) => {
      this.#waiting.set(ask, { resolve, reject })
      worker.ref()
      worker.postMessage({ ...question, ask }, moved)
    })
  }

  async close(): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
    this.#fail(new Error('TILE_WORKER_CLOSED: the server is stopping'))
  }

  #start(): Worker {
    const worker = new Worker(new URL('./index-worker.js', import.meta.url))
    worker.on('message', (answer: Answer) => {
      const waiting = this.#waiting.get(answer.ask)
      this.#waiting.delete(answer.ask)
      // Only an open question keeps the process alive.
      if (this.#waiting.size === 0) worker.unref()
      if ('failed' in answer) waiting?.reject(new Error(`TILE_FAILED: ${answer.failed}`))
      else waiting?.resolve({ body: answer.body, tag: answer.tag })
    })
    const lost = (error: Error) => {
      if (this.#worker !== worker) return
      this.#worker = null
      this.#onLost(error)
      this.#fail(error)
    }
    worker.on('error', lost)
    worker.on('exit', (code) => lost(new Error(`TILE_WORKER_ENDED: it ended with code ${code}`)))
    return worker
  }

  #fail(error: Error): void {
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reject } of waiting) reject(error)
  }
}
