/*
 * What is wrong with a JSON text, in Chinese: the runtime tells it in English, in words that change
 * with its version.
 */

/** Where the text stops being JSON: line, column and what stands there. */
export function jsonFault(text: string, error: Error): string {
  const at = placeOf(text, error.message)
  if (at === null) return '内容不合 JSON 的写法：请重新导出'
  if (at >= text.trimEnd().length) return '内容在结尾处中断：可能没有传完整，请重新导出'
  const before = text.slice(0, at).split('\n')
  const column = (before.at(-1)?.length ?? 0) + 1
  const near = text.slice(at, at + 20).split('\n')[0] ?? ''
  return `第 ${before.length} 行第 ${column} 个字起（“${near}”）不合 JSON 的写法：请改正或重新导出`
}

/** Some messages say the place, others quote what stands around the token, which is then found. */
function placeOf(text: string, message: string): number | null {
  const [, place] = /at position (\d+)/.exec(message) ?? []
  if (place !== undefined) return Number(place)
  if (/end of JSON/i.test(message)) return text.length
  const [, token = '', quoted] =
    /^Unexpected token '?(.)'?, (?:\.\.\.)?"([\s\S]*)"(?:\.\.\.)? is not valid JSON$/u.exec(
      message,
    ) ?? []
  if (quoted === undefined) return null
  const around = quoted.replace(/^\.\.\./, '').replace(/\.\.\.$/, '')
  const from = text.indexOf(around)
  const offset = text.startsWith(around) ? around.indexOf(token) : around.indexOf(token, 10)
  return from < 0 || offset < 0 ? null : from + offset
}
