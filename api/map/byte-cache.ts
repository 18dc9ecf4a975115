/**
 * Keeps the most recently used results up to a number of bytes. Requests for a key that is being
 * made share the one computation; a failed one is forgotten.
 */
export class ByteCache<Value> {
  /** How many values were made rather than found. */
  made = 0
  readonly #limit: number
  readonly #sizeOf: (value: Value) => number
  readonly #kept = new Map<string, { value: Value; size: number }>()
  readonly #making = new Map<string, Promise<Value>>()
  #bytes = 0

  constructor(limitBytes: number, sizeOf: (value: Value) => number) {
    this.#limit = limitBytes
    this.#sizeOf = sizeOf
  }

  peek(key: string): Value | undefined {
    const found = this.#kept.get(key)
    if (!found) return undefined
    this.#kept.delete(key)
    this.#kept.set(key, found)
    return found.value
  }

  get(key: string, make: () => Promise<Value>): Promise<Value> {
    const found = this.peek(key)
    if (found !== undefined) return Promise.resolve(found)
    const underway = this.#making.get(key)
    if (underway) return underway
    this.made++
    const making = make()
      .then((value) => {
        this.#keep(key, value)
        return value
      })
      .finally(() => this.#making.delete(key))
    this.#making.set(key, making)
    return making
  }

  #keep(key: string, value: Value): void {
    const size = this.#sizeOf(value) + key.length
    this.#kept.set(key, { value, size })
    this.#bytes += size
    for (const [oldest, entry] of this.#kept) {
      if (this.#bytes <= this.#limit || this.#kept.size === 1) break
      this.#kept.delete(oldest)
      this.#bytes -= entry.size
    }
  }
}
