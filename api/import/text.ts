/*
 * Words and codes as cells hold them.
 */
import { blank, type Cell, errorCell, type Parsed, plainText, refuse, shown } from './cell.ts'

/** Spreadsheets keep 15 digits of a number: a longer code that was not kept as text is another one. */
export function parseCode(cell: Cell): Parsed<string> {
  const text = plainText(cell)
  const cut = typeof cell === 'number' && Math.abs(cell) >= 1e15
  if (cut || /^\d(\.\d+)?e\+\d+$/i.test(text)) {
    const message = `“${shown(text)}”是表格软件按数字保存过的编码，后几位已经丢失：请把该列设为文本格式后重新填写完整编码`
    return refuse('CODE_AS_NUMBER', message)
  }
  // A code is the same typed in full width; other characters are the code's own.
  const narrow = (character: string) => String.fromCharCode(character.charCodeAt(0) - 0xfee0)
  const written = typeof cell === 'string' ? cell.replaceAll(/[\uff01-\uff5e]/g, narrow) : cell
  const parsed = parseText(written, 64)
  if (!parsed.ok || parsed.value === null) return parsed
  return { ok: true, value: parsed.value.replaceAll(/\s/g, '') }
}

/** Long texts keep their lines; a short one is one line that a narrow cell has wrapped. */
const LINES_FROM = 1000

/** Text of at most `max` characters. */
export function parseText(cell: Cell, max: number): Parsed<string> {
  const written = typeof cell === 'string' ? cell.trim() : plainText(cell)
  // Spreadsheets export a text of digits as ="001" to keep its zeros.
  const text = /^="[^"]*"$/.test(written) ? written.slice(2, -1) : written
  if (text.startsWith('=')) {
    return refuse('FORMULA_TEXT', `“${shown(text)}”是公式的文字：请在表格软件中粘贴为数值`)
  }
  if (text === '' || /^[-—–－/／]+$/.test(text)) return blank
  const fault = errorCell(text)
  if (fault) return fault
  if (text.length > max) {
    return refuse('TEXT_TOO_LONG', `有 ${text.length} 个字：最多 ${max} 个字`)
  }
  const [half] = /\p{Surrogate}/u.exec(text) ?? []
  if (half !== undefined) {
    const code = half.charCodeAt(0).toString(16).toUpperCase()
    const message = `“${shown(text.replaceAll(/\p{Surrogate}/gu, '□'))}”里有半个字符（U+${code}，以 □ 标出）：请重新输入这一格`
    return refuse('TEXT_BROKEN', message)
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: PostgreSQL stores no NUL, and people mean none
  const clean = text.replaceAll(/[\u0000-\u0008\u000b-\u001f]/g, '')
  return { ok: true, value: max < LINES_FROM ? oneLine(clean) : clean }
}

const CHINESE = /[\p{Script=Han}\p{P}]/u

/** A break between Chinese characters is nothing, elsewhere a space. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, (gap, at: number) => {
    if (!/[\n\t]/.test(gap)) return gap
    const beside = [text[at - 1] ?? '', text[at + gap.length] ?? '']
    return gap.includes('\n') && beside.some((character) => CHINESE.test(character)) ? '' : ' '
  })
}
