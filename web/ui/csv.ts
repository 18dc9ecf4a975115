/** A file of comma-separated values in UTF-8, with the mark by which spreadsheets know it. */
export const csvText = (lines: readonly (readonly (string | number | null)[])[]): string =>
  `\ufeff${lines.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('')}`

/** A text that a spreadsheet would run as a formula is shown as text; a number stays a number. */
function cellOf(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
