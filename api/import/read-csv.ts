/*
 * Delimited text: comma, semicolon or tab; any line ends, also mixed ones.
 */
import papaparse from 'papaparse'
import { type Cell, COLUMNS_MAX, type Source } from './cell.ts'
import { decode } from './decode.ts'
import { ImportFailure } from './failure.ts'

const SAMPLE = 20_000
const SAMPLE_LINES = 20
const DELIMITERS = [',', ';', '\t'] as const

/**
 * Reads delimited text; every cell is text, an empty one null.
 * @throws ImportFailure `FILE_NOT_TEXT`, `UTF8_DAMAGED`, `CSV_INVALID`, `TOO_MANY_COLUMNS`
 */
export function readCsv(bytes: Uint8Array): Source {
  // The parser takes one kind of line end: the other would join lines to one row.
  const text = decode(bytes).replaceAll(/\r\n?/g, '\n')
  const options = { delimiter: delimiterOf(text), newline: '\n' } as const
  const { data, errors } = papaparse.parse<string[]>(text, options)
  const fault = errors.find(({ type }) => type === 'Quotes')
  if (fault) {
    const line = text.slice(0, fault.index ?? 0).split('\n').length
    throw new ImportFailure(
      'CSV_INVALID',
      `第 ${line} 行附近的引号没有闭合或位置不对：请成对使用引号，引号本身写两个（""）`,
    )
  }
  const rows = data.map((record, index): Cell[] => {
    const row = record.map((cell) => (cell === '' ? null : cell))
    return row.length > COLUMNS_MAX ? withoutEmptyColumns(row, index + 1) : row
  })
  const numbers = rows.map((_, index) => index + 1)
  return { format: 'csv', sheets: [{ name: '', rows, numbers, ragged: true }], crs: null }
}

function withoutEmptyColumns(row: Cell[], number: number): Cell[] {
  const last = row.findLastIndex((cell) => cell !== null)
  if (last < COLUMNS_MAX) return row.slice(0, COLUMNS_MAX)
  throw new ImportFailure(
    'TOO_MANY_COLUMNS',
    `第 ${number} 行在第 ${last + 1} 列有内容：最多 ${COLUMNS_MAX} 列，请删去多余的列`,
  )
}

/** The delimiter that cuts most of the first lines into equally many cells; of equals, into more. */
function delimiterOf(text: string): string {
  const lines = countedLines(text.slice(0, SAMPLE))
  const scored = DELIMITERS.map((mark, index) => {
    const times = new Map<number, number>()
    for (const line of lines) {
      const count = line[index] ?? 0
      if (count > 0) times.set(count, (times.get(count) ?? 0) + 1)
    }
    const [count, agreeing] = [...times].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])
    return { mark, count, agreeing }
  })
  return scored.reduce((best, next) => {
    const more = next.agreeing - best.agreeing || next.count - best.count
    return more > 0 ? next : best
  }).mark
}

/** How often each delimiter stands outside quotes in each of the first lines that have any. */
function countedLines(text: string): number[][] {
  const lines: number[][] = []
  let counts = DELIMITERS.map(() => 0)
  let [quoted, closed] = [false, false]
  let before = '\n'
  for (const character of text) {
    const opens = closed || '\n,;\t'.includes(before)
    closed = quoted && character === '"'
    // Only at the beginning of a cell does a quote open one; elsewhere it may mean inches.
    if (quoted) quoted = !closed
    else if (character === '"') quoted = opens
    else if (character === '\n') {
      if (counts.some((count) => count > 0)) lines.push(counts)
      if (lines.length >= SAMPLE_LINES) return lines
      counts = DELIMITERS.map(() => 0)
    } else {
      const index = DELIMITERS.indexOf(character as (typeof DELIMITERS)[number])
      if (index >= 0) counts[index] = (counts[index] ?? 0) + 1
    }
    before = character
  }
  return lines.length === 0 || text.length < SAMPLE ? [...lines, counts] : lines
}
