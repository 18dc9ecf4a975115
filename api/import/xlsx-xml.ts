/*
 * The XML parts of a workbook that its sheets refer to: shared strings and number formats.
 */
import { Parser } from 'saxen'
import { type NumberStyle, styleOf } from './number-format.ts'

export type Attributes = () => Record<string, string>

export interface Walker {
  open?: (name: string, attributes: Attributes) => void
  text?: (text: string) => void
  close?: (name: string) => void
}

/** A part of a workbook that is not well-formed XML. */
export class XmlFault extends Error {}

/** Walks XML; names come without namespace prefix. Throws XmlFault where it is not well formed. */
export function walk(xml: string, walker: Walker): void {
  if (xml === '') return
  const parser = new Parser()
  const { open, text, close } = walker
  if (open) {
    parser.on('openTag', (name, attributes, decode) =>
      open(local(name), () => decoded(attributes(), decode)),
    )
  }
  if (text) {
    parser.on('text', (value, decode) => text(value.includes('&') ? decode(value) : value))
    parser.on('cdata', (value) => text(value))
  }
  if (close) parser.on('closeTag', (name) => close(local(name)))
  parser.on('error', (error) => {
    throw new XmlFault(error.message)
  })
  parser.parse(xml)
}

/** Attributes come as they are written: a number format is full of &quot;. */
function decoded(
  attributes: Record<string, string>,
  decode: (text: string) => string,
): Record<string, string> {
  const entries = Object.entries(attributes)
  if (!entries.some(([, value]) => value.includes('&'))) return attributes
  return Object.fromEntries(entries.map(([key, value]) => [key, decode(value)]))
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
