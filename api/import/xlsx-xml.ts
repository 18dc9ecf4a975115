/*
 * The XML parts of a workbook that its sheets refer to: shared strings and number formats.
 */
import { Parser } from 'saxen'

export type Attributes = () => Record<string, string>

export interface Walker {
  open?: (name: string, attributes: Attributes) => void
  text?: (text: string) => void
  close?: (name: string) => void
}

/** Walks XML; names come without namespace prefix. Throws Error where it is not well formed. */
export function walk(xml: string, walker: Walker): void {
  if (xml === '') return
  const parser = new Parser()
  const { open, text, close } = walker
  if (open) parser.on('openTag', (name, attributes) => open(local(name), attributes))
  if (text) {
    parser.on('text', (value, decode) => text(value.includes('&') ? decode(value) : value))
    parser.on('cdata', (value) => text(value))
  }
  if (close) parser.on('closeTag', (name) => close(local(name)))
  parser.on('error', (error) => {
    throw error
  })
  parser.parse(xml)
}

function local(name: string): string {
  const colon = name.indexOf(':')
  return colon === -1 ? name : name.slice(colon + 1)
}

/** Shared strings in order; phonetic guides (rPh) are not part of the text. */
export function readSharedStrings(xml: string): string[] {
  const strings: string[] = []
  let current = ''
  let inText = false
  let phonetic = false
  walk(xml, {
    open: (name) => {
      if (name === 'si') current = ''
      else if (name === 'rPh') phonetic = true
      else if (name === 't') inText = !phonetic
    },
    text: (text) => {
      if (inText) current += text
    },
    close: (name) => {
      if (name === 'si') strings.push(unescapeText(current))
      else if (name === 'rPh') phonetic = false
      else if (name === 't') inText = false
    },
  })
  return strings
}

/** `_x000D_` and its like, as spreadsheets write control characters. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

export type NumberStyle = 'plain' | 'date' | 'month' | 'percent'

/** How each cell style (`s` of a cell) shows numbers. */
export function readStyles(xml: string): NumberStyle[] {
  const formats = new Map<number, string>()
  const styles: NumberStyle[] = []
  let inCellFormats = false
  walk(xml, {
    open: (name, attributes) => {
      if (name === 'numFmt') {
        const { numFmtId, formatCode = '' } = attributes()
        formats.set(Number(numFmtId), formatCode)
      } else if (name === 'cellXfs') inCellFormats = true
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attributes()['numFmtId'] ?? 0)
        styles.push(styleOf(id, formats.get(id)))
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false
    },
  })
  return styles
}

/** Built-in formats that show a month and no day: mmm-yy, and yyyy年m月 of Chinese Excel. */
const MONTHS = new Set([17, 27, 36, 50, 52, 57])

/**
 * Built-in dates: 14–17 and 22, and 27–36, 50–58 in East Asian Excel; 9 and 10 are percentages. What
 * shows no day was typed without one: 2023年5月, which the cell keeps as its first day.
 */
function styleOf(id: number, code: string | undefined): NumberStyle {
  if (code === undefined) {
    if (id === 9 || id === 10) return 'percent'
    if (MONTHS.has(id)) return 'month'
    const date =
      (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)
    return date ? 'date' : 'plain'
  }
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').toLowerCase()
  if (bare.includes('%')) return 'percent'
  if (/y/.test(bare) && /m/.test(bare) && !/[dhs]/.test(bare)) return 'month'
  return /[yd]/.test(bare) || (/m/.test(bare) && !/[hs0#]/.test(bare)) ? 'date' : 'plain'
}
