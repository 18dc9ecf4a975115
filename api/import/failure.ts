/**
 * The refusal of a whole file: damaged, too big, unreadable, nothing recognised.
 * `message` begins with the code and says what would be right.
 */
export class ImportFailure extends Error {
  readonly code: string

  constructor(code: string, sentence: string) {
    super(`${code}: ${sentence}`)
    this.name = 'ImportFailure'
    this.code = code
  }
}
