/*
 * What holds for the text cells of every format: not endless, and free of private-use characters,
 * which are pictures in one font (bullets pasted from Word) and nothing anywhere else.
 */
import type { Sheet, Source } from './cell.ts'
import type { Finding } from './contract.ts'
import { aboutFile } from './draft.ts'
import { ImportFailure } from './failure.ts'

/** Three times what a spreadsheet cell can hold: more is a file whose separators are not there. */
const CELL_MAX = 100_000
const NOTES_MAX = 20
const PRIVATE = /[\ue000-\uf8ff]/g

/**
 * Takes private-use characters out of the cells, with a note of where they were.
 * @throws ImportFailure `CELL_TOO_LONG`
 */
export function checkCells(source: Source): Source {
  const findings: Finding[] = []
  let found = 0
  for (const sheet of source.sheets) {
    for (const [index, row] of sheet.rows.entries()) {
      for (const [column, cell] of row.entries()) {
        if (typeof cell !== 'string') continue
        if (cell.length > CELL_MAX) throw tooLong(numberOf(sheet, index), cell.length)
        const [first] = cell.match(PRIVATE) ?? []
        if (first === undefined) continue
        const rest = cell.replaceAll(PRIVATE, '').trim()
        row[column] = rest === '' ? null : rest
        if (++found <= NOTES_MAX) findings.push(privateNote(sheet, index, column, first))
      }
    }
  }
  if (found > NOTES_MAX) {
    const message = `另有 ${found - NOTES_MAX} 格也有这样的私用字符，已去掉`
    findings.push(aboutFile('note', 'PRIVATE_CHARACTER', message))
  }
  return found === 0 ? source : { ...source, findings: [...(source.findings ?? []), ...findings] }
}

function privateNote(sheet: Sheet, index: number, column: number, character: string): Finding {
  const row = numberOf(sheet, index)
  const code = character.charCodeAt(0).toString(16).toUpperCase()
  const message = `${sheet.name === '' ? '' : `工作表“${sheet.name}”`}第 ${row} 行第 ${column + 1} 列有私用字符 U+${code}（常是从 Word 粘贴来的项目符号），已去掉`
  return { ...aboutFile('note', 'PRIVATE_CHARACTER', message, null, `U+${code}`), row }
}

function tooLong(row: number, length: number): ImportFailure {
  return new ImportFailure(
    'CELL_TOO_LONG',
    `第 ${row} 行有一格长 ${length} 个字：最多 ${CELL_MAX} 个字，请检查分隔符和换行`,
  )
}

const numberOf = (sheet: Sheet, index: number) => sheet.numbers[index] ?? index + 1
