/** So many answers are held: the one that was asked for longest ago makes room. */
const mostHeld = 300

/**
 * Answers that were worked out, by what they depend on: whoever asks the same gets the same, also
 * while it is being worked out. What failed is not kept.
 */
export class Held {
  readonly #answers = new Map<string, Promise<unknown>>()

  of<Answer>(key: string, work: () => Promise<Answer>): Promise<Answer> {
    const held = this.#answers.get(key) as Promise<Answer> | undefined
    const answer = held ?? work()
    this.#answers.delete(key)
    this.#answers.set(key, answer)
    if (held) return answer
    answer.catch(() => this.#answers.delete(key))
    const [oldest] = this.#answers.keys()
    if (this.#answers.size > mostHeld && oldest !== undefined) this.#answers.delete(oldest)
    return answer
  }
}
