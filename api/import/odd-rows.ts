/*
 * Rows of a sheet that are not what their columns say: the header again on a new page, and rows of
 * a CSV whose cells have moved because a comma in them was not quoted.
 */
import { type Cell, plainText, type Sheet } from './cell.ts'
import { type Draft, flag } from './draft.ts'
import type { Layout } from './find-header.ts'

const GROUP_HEAD = /^[+-]?\d{1,3}$/
const GROUP = /^\d{3}(\.\d+)?$/

/** Places of the rows below the header that repeat one of its rows. */
export function repeatedHeaders(sheet: Sheet, layout: Layout): Set<number> {
  const repeated = new Set<number>()
  if (sheet.shapes) return repeated
  const headings = sheet.rows
    .slice(layout.headerRow, layout.firstRow)
    .map((row) => row.flatMap((cell) => wordOf(cell)))
    .filter((words) => words.length > 1)
  for (let index = layout.firstRow; index < sheet.rows.length; index++) {
    const row = sheet.rows[index] ?? []
    if (headings.some((words) => saysTheSame(row, words))) repeated.add(index)
  }
  return repeated
}

/** Whether a row holds these words in this order and no others; most rows differ in the first. */
function saysTheSame(row: readonly Cell[], words: readonly string[]): boolean {
  let at = 0
  for (const cell of row) {
    const [word] = wordOf(cell)
    if (word === undefined) continue
    if (word !== words[at]) return false
    at += 1
  }
  return at === words.length
}

/** The text of a cell without spaces; nothing of a blank one. */
function wordOf(cell: Cell): string[] {
  if (cell === null) return []
  const text = plainText(String(cell).slice(0, 1000)).replaceAll(/\s/g, '')
  return text === '' ? [] : [text]
}

/** Whether each row is longer than the header by what its cells hold, or unlike the other rows. */
export function movedCells(
  sheet: Sheet,
  layout: Layout,
): (draft: Draft, cells: readonly Cell[]) => void {
  const { width } = layout
  let longer = 0
  for (const row of sheet.rows.slice(layout.firstRow)) if (row.length > width) longer += 1
  // Every line of a file may end with a comma more than its header has.
  const usual = longer * 2 > sheet.rows.length - layout.firstRow
  return (draft, cells) => {
    if (cells.length <= width) return
    const beyond = cells.findLastIndex((cell) => cell !== null) >= width
    const cut = cells.findIndex((_, index) => isCutNumber(cells, index))
    // Spreadsheets end some rows with a comma more; where cells have moved, one of them is at fault.
    const isAtFault = draft.findings.some(({ level }) => level === 'refuse')
    if (!beyond && cut < 0 && (usual || !isAtFault)) return
    // What the columns made of the cells that moved would only mislead.
    draft.findings = []
    const found = cut < 0 ? '' : `“${cells[cut]},${cells[cut + 1]}”像是一个数：`
    const message = `有 ${cells.length} 格，表头只有 ${width} 格，内容错了位：${found}请去掉金额里的千分位逗号，含逗号的内容用英文引号括起来；确实多出一列的，请补上表头`
    flag(draft, 'refuse', 'ROW_TOO_LONG', null, null, message)
  }
}

function isCutNumber(cells: readonly Cell[], index: number): boolean {
  const [head, group] = [cells[index], cells[index + 1]]
  return (
    typeof head === 'string' &&
    typeof group === 'string' &&
    GROUP_HEAD.test(head) &&
    GROUP.test(group)
  )
}
