/*
 * Delimited text: UTF-8 with or without BOM, UTF-16 with BOM, GB18030; comma, semicolon or tab.
 */
import papaparse from 'papaparse'
import type { Cell, Source } from './cell.ts'
import { ImportFailure } from './failure.ts'

const SAMPLE_LINES = 20

/**
 * Reads delimited text; every cell is text, an empty one null.
 * @throws ImportFailure `FILE_NOT_TEXT`, `CSV_INVALID`
 */
export function readCsv(bytes: Uint8Array): Source {
  const text = decode(bytes)
  const { data, errors } = papaparse.parse<string[]>(text, { delimiter: delimiterOf(text) })
  const fault = errors.find(({ type }) => type === 'Quotes')
  if (fault) {
    const line = text.slice(0, fault.index ?? 0).split('\n').length
    throw new ImportFailure(
      'CSV_INVALID',
      `第 ${line} 行附近的引号没有闭合或位置不对：请成对使用引号，引号本身写两个（""）`,
    )
  }
  const rows = data.map((record): Cell[] => record.map((cell) => (cell === '' ? null : cell)))
  const numbers = rows.map((_, index) => index + 1)
  return { format: 'csv', sheets: [{ name: '', rows, numbers }], crs: null }
}

/**
 * Bytes as text, by byte order mark, else UTF-8 if valid, else GB18030.
 * @throws ImportFailure `FILE_NOT_TEXT`
 */
export function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const text = tryDecode(bytes, 'utf-8') ?? tryDecode(bytes, 'gb18030')
  if (text === null || isJunk(text)) {
    throw new ImportFailure(
      'FILE_NOT_TEXT',
      '文件内容不是文本（可能已损坏，或扩展名与内容不符）：请另存为 CSV（UTF-8）或 XLSX 后再导入',
    )
  }
  return text
}

function tryDecode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Control characters beyond tabs and line ends, or private-use ones, do not occur in tables. */
function isJunk(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\u0000-\u0008\u000e-\u001a\u001c\u001d\u001f\ue000-\uf8ff\ufffe\uffff]/.test(
    text.slice(0, 1_000_000),
  )
}

/** The delimiter that occurs most often outside quotes in the first lines. */
function delimiterOf(text: string): string {
  const counts = new Map([
    [',', 0],
    [';', 0],
    ['\t', 0],
  ])
  let quoted = false
  let lines = 0
  for (const character of text.slice(0, 20_000)) {
    if (character === '"') quoted = !quoted
    if (quoted) continue
    if (character === '\n' && ++lines >= SAMPLE_LINES) break
    const count = counts.get(character)
    if (count !== undefined) counts.set(character, count + 1)
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0]
}
