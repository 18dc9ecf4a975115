/*
 * Bytes to text: UTF-8 with or without BOM, UTF-16 with BOM, GB18030.
 */
import { ImportFailure } from './failure.ts'

/** More private-use characters than one in so many mean that the bytes are no GB18030. */
const PRIVATE_SHARE = 100
const SAMPLE = 1_000_000

/**
 * Bytes as text, by byte order mark, else UTF-8 if valid, else GB18030.
 * @throws ImportFailure `FILE_NOT_TEXT`, `UTF8_DAMAGED` where mostly valid UTF-8 has a cut character
 */
export function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return tryDecode(bytes, 'utf-16le') ?? noText()
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return tryDecode(bytes, 'utf-16be') ?? noText()
  let text = tryDecode(bytes, 'utf-8')
  if (text === null) {
    refuseDamagedUtf8(bytes)
    text = tryDecode(bytes, 'gb18030')
    if (text !== null && isMostlyPrivate(text)) return noText()
  }
  return text === null || hasControls(text) ? noText() : text
}

function noText(): never {
  throw new ImportFailure(
    'FILE_NOT_TEXT',
    '文件内容不是文本（可能已损坏，或扩展名与内容不符）：请另存为 CSV（UTF-8）或 XLSX 后再导入',
  )
}

function tryDecode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Control characters beyond tabs and line ends do not occur in tables. */
function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\u0000-\u0008\u000e-\u001a\u001c\u001d\u001f\ufffe\uffff]/.test(text.slice(0, SAMPLE))
}

function isMostlyPrivate(text: string): boolean {
  const sample = text.slice(0, SAMPLE)
  const found = sample.match(/[\ue000-\uf8ff]/g)?.length ?? 0
  return found * PRIVATE_SHARE > sample.length
}

/** Chinese in GB18030 is hardly ever valid UTF-8 by chance: where most of it is, the rest is damage. */
function refuseDamagedUtf8(bytes: Uint8Array): void {
  let [valid, damaged, first] = [0, 0, -1]
  for (let at = 0; at < bytes.length; ) {
    const length = validLength(bytes, at)
    if (length > 1) valid += 1
    else if (length < 1) {
      damaged += 1
      if (first < 0) first = at
    }
    at += Math.abs(length)
  }
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  if (first < 0 || !(marked || valid > 2 * damaged)) return
  let line = 1
  for (let at = 0; at < first; at++) if (bytes[at] === 0x0a) line += 1
  throw new ImportFailure(
    'UTF8_DAMAGED',
    `文件是 UTF-8 文本，但第 ${line} 行（第 ${first + 1} 个字节）有不完整的字符${damaged > 1 ? `，共 ${damaged} 处` : ''}，可能被截断过：请改正这些字，或重新导出完整的文件`,
  )
}

/** Bytes of the UTF-8 character at `at`; of a damaged one, minus the bytes that belong to it. */
function validLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0
  if (lead < 0x80) return 1
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
  if (lead < 0xc2 || lead > 0xf4) return -1
  const [low, high] = secondByte(lead)
  for (let next = 1; next < length; next++) {
    const byte = bytes[at + next] ?? 0
    if (byte < (next === 1 ? low : 0x80) || byte > (next === 1 ? high : 0xbf)) return -next
  }
  return length
}

/** No overlong forms, no surrogates, nothing above U+10FFFF. */
function secondByte(lead: number): [low: number, high: number] {
  if (lead === 0xe0) return [0xa0, 0xbf]
  if (lead === 0xed) return [0x80, 0x9f]
  if (lead === 0xf0) return [0x90, 0xbf]
  return [0x80, lead === 0xf4 ? 0x8f : 0xbf]
}
