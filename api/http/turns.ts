import { ApiFailure } from './failure.ts'

/**
 * Lets a few pieces of heavy work run at a time and a few more wait in the order of asking: memory
 * and database connections stay enough for everything else.
 */
export class Turns {
  readonly #atOnce: number
  readonly #mostWaiting: number
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(atOnce: number, mostWaiting: number) {
    this.#atOnce = atOnce
    this.#mostWaiting = mostWaiting
  }

  /**
   * Runs the work when its turn comes.
   * @throws ApiFailure 503 `SERVER_BUSY`, at once, where too many wait already.
   */
  async take<T>(work: () => Promise<T>): Promise<T> {
    this.check()
    if (this.#running >= this.#atOnce) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } else this.#running += 1
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
    throw new ApiFailure(503, 'SERVER_BUSY', '服务器正忙，同类请求已在排队，请稍后再试')
  }
}
