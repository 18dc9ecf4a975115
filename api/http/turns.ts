import { ApiFailure } from './failure.ts'

/**
 * Lets a few pieces of heavy work run at a time and a few more wait in the order of asking: memory
 * and database connections stay enough for everything else.
 */
export class Turns {
  readonly #atOnce: number
  readonly #mostWaiting: number
  readonly #patienceMs: number
  readonly #waiting: (() => void)[] = []
  #running = 0

  /** @param patienceMs how long one waits for its turn before it is refused after all. */
  constructor(atOnce: number, mostWaiting: number, patienceMs: number) {
    this.#atOnce = atOnce
    this.#mostWaiting = mostWaiting
    this.#patienceMs = patienceMs
  }

  /**
   * Runs the work when its turn comes; who leaves meanwhile gives up the place (`signal`).
   * @throws ApiFailure 503 `SERVER_BUSY` where too many wait already, or its turn does not come.
   */
  async take<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    this.check()
    if (this.#running >= this.#atOnce) await this.#turn(signal)
    else this.#running += 1
    try {
      return await work()
    } finally {
      // The turn goes over to the next one: nobody who comes now may take it first.
      const next = this.#waiting.shift()
      if (next) next()
      else this.#running -= 1
    }
  }

  /** @throws ApiFailure 503 `SERVER_BUSY` where no more may wait. */
  check(): void {
    if (this.#running < this.#atOnce || this.#waiting.length < this.#mostWaiting) return
    throw busy()
  }

  #turn(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const come = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      // Whoever asked has left by then: nothing is made for nobody.
      const leave = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', leave)
        this.#waiting.splice(this.#waiting.indexOf(come), 1)
        reject(busy())
      }
      const timer = setTimeout(leave, this.#patienceMs)
      signal?.addEventListener('abort', leave)
      this.#waiting.push(come)
    })
  }
}

const busy = () => new ApiFailure(503, 'SERVER_BUSY', '服务器正忙，同类请求已在排队，请稍后再试')
