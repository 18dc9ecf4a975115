/*
 * Pairs of coordinates as people write them: decimal degrees, degrees-minutes-seconds, hemisphere
 * letters or words, Gauss–Krüger metres; in one cell or two. Only reads the numbers: which
 * coordinate system they are in is decided over the whole file (decide-crs.ts).
 */
import {
  blank,
  type Cell,
  isBlankMark,
  noValue,
  type Parsed,
  plainText,
  refuse,
  shown,
} from './cell.ts'
import { closeUp, readDecimal } from './numbers.ts'

/** As written, in the file's own system: x is longitude or easting unless the file mixes them up. */
export interface RawPair {
  x: number
  y: number
}

interface Angle {
  value: number
  axis: 'lon' | 'lat' | null
}

const DMS =
  /^(?<deg>-?\d{1,3}(?:\.\d+)?)(?:°|º|度|d)(?:(?<min>\d{1,2}(?:\.\d+)?)(?:′|'|‘|’|ʹ|分|m))?(?:(?<sec>\d{1,2}(?:\.\d+)?)(?:″|"|“|”|''|′′|’’|ʺ|秒|s))?$/i
const AXIS_BEFORE = /^(东经|北纬|经度|纬度|[enxy](?=[\s=:\d-])|lon|lat|lng)[=:]*/i
const AXIS_AFTER = /(东经|北纬|[en])$/i
const LON_WORDS = new Set(['东经', '经度', 'e', 'lon', 'lng'])
const LAT_WORDS = new Set(['北纬', '纬度', 'n', 'lat'])

/** Longitude or easting and latitude or northing from two cells; both blank is blank. */
export function parsePairCells(first: Cell, second: Cell): Parsed<RawPair> {
  const [a, b] = [coordinateText(first), coordinateText(second)]
  const long = noValue(a) ?? noValue(b)
  if (long) return long
  const [noA, noB] = [a === '' || isBlankMark(a), b === '' || isBlankMark(b)]
  if (noA && noB) return blank
  if (noA || noB) {
    return refuse('POSITION_HALF', `只有一个坐标（“${shown(a || b)}”）：请填写两个，或都留空`)
  }
  const [x, y] = [readAngle(a), readAngle(b)]
  if ('code' in x) return x
  if ('code' in y) return y
  if (x.axis === 'lat' || y.axis === 'lon') return swapped(`${a}、${b}`)
  return { ok: true, value: { x: x.value, y: y.value } }
}

/** A pair from one cell: `113.13,27.83`, `27.83N 113.13E`, `东经113°08′12″ 北纬27°50′`. */
export function parsePairCell(cell: Cell): Parsed<RawPair> {
  const text = coordinateText(cell)
  if (text === '' || isBlankMark(text)) return blank
  const fault = noValue(text)
  if (fault) return fault
  const parts = splitPair(text)
  if (!parts) {
    return refuse(
      'POSITION_INVALID',
      `“${shown(text)}”不是一对坐标：请填写如 113.13,27.83（经度在前）`,
    )
  }
  const [x, y] = [readAngle(parts[0]), readAngle(parts[1])]
  if ('code' in x) return x
  if ('code' in y) return y
  const turned = x.axis === 'lat' || y.axis === 'lon'
  if (turned && (x.axis === 'lon' || y.axis === 'lat')) {
    return refuse('POSITION_INVALID', `“${shown(text)}”两个值是同一方向：请填写经度和纬度各一个`)
  }
  return { ok: true, value: turned ? { x: y.value, y: x.value } : { x: x.value, y: y.value } }
}

/** The refusal of a pair that only makes sense the other way round. */
export function swapped(text: string): Parsed<never> {
  return refuse(
    'POSITION_SWAPPED',
    `坐标“${shown(text)}”的经度和纬度写反了：请把两列对调（经度约 73–135，纬度约 3–54）`,
  )
}

function coordinateText(cell: Cell): string {
  const text = plainText(cell)
  const inner = /^(?:POINT\s*)?[([{]/i.exec(text)?.[0]
  if (inner === undefined || !/[)\]}]$/.test(text)) return text
  return text.slice(inner.length, -1).trim()
}

function splitPair(text: string): [string, string] | null {
  const marked = pairOf(text.split(/[,;、]/))
  if (marked) return marked
  // A space parts them where digits follow before the next: 27.83 N 113.13 E has one such.
  const spaced = pairOf(text.replaceAll(/\s+/g, ' ').split(/ (?=[^\d ]*\d)/))
  return spaced ?? splitAtWord(text) ?? splitAtMark(text)
}

function pairOf(parts: readonly string[]): [string, string] | null {
  const [first = '', second = '', more] = parts.map((part) => part.trim())
  return first !== '' && second !== '' && more === undefined ? [first, second] : null
}

/** 东经…北纬…, or 27.83N113.13E. */
function splitAtWord(text: string): [string, string] | null {
  const [east, north] = [text.indexOf('东经'), text.indexOf('北纬')]
  const turn = Math.max(east, north)
  if (Math.min(east, north) === 0 && turn > 2)
    return pairOf([text.slice(0, turn), text.slice(turn)])
  const letter = text.search(/(?<=.)[NE](?=\d)/i)
  if (letter < 0 || !/[NE]$/i.test(text)) return null
  return pairOf([text.slice(0, letter + 1), text.slice(letter + 1)])
}

/** 27° 49′ 48″ 113° 07′ 48″: at the last space behind seconds or a letter. */
function splitAtMark(text: string): [string, string] | null {
  const marks = text.matchAll(/(?:′′|''|’’|[″"”秒NE])(?=\s+\S)/gi)
  const last = [...marks].at(-1)
  if (!last) return null
  const end = last.index + last[0].length
  return pairOf([text.slice(0, end), text.slice(end)])
}

function readAngle(text: string): Angle | (Parsed<never> & { ok: false }) {
  const word = (AXIS_BEFORE.exec(text)?.[1] ?? AXIS_AFTER.exec(text)?.[1] ?? '').toLowerCase()
  const axis = LON_WORDS.has(word) ? 'lon' : LAT_WORDS.has(word) ? 'lat' : null
  // Digits that a space parts stay two numbers: 113 07 is not 11307.
  const bare = closeUp(text.replace(AXIS_BEFORE, '').replace(AXIS_AFTER, '')) ?? ''
  const decimal = readDecimal(bare.replace(/(°|度|m|米)$/, ''))
  if (decimal !== null) return { value: decimal, axis }
  const groups = DMS.exec(bare)?.groups
  if (!groups) {
    return refuse(
      'POSITION_INVALID',
      `“${shown(text)}”不是坐标：请填写如 113.1367、113°08′12″ 或 3079000（米）`,
    )
  }
  const [minutes, seconds] = [Number(groups['min'] ?? 0), Number(groups['sec'] ?? 0)]
  if (minutes >= 60 || seconds >= 60) {
    return refuse('POSITION_INVALID', `“${shown(text)}”的分或秒不小于 60：请核对`)
  }
  const degrees = Number(groups['deg'])
  const size = Math.abs(degrees) + minutes / 60 + seconds / 3600
  return { value: degrees < 0 ? -size : size, axis }
}
