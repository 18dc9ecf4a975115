/*
 * Pairs of coordinates as people write them: decimal degrees, degrees-minutes-seconds, hemisphere
 * letters or words, Gauss–Krüger metres; in one cell or two. Only reads the numbers: which
 * coordinate system they are in is decided over the whole file (decide-crs.ts).
 */
import { blank, type Cell, errorCell, isBlankMark, type Parsed, plainText, refuse } from './cell.ts'
import { readDecimal } from './numbers.ts'

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
  const [noA, noB] = [a === '' || isBlankMark(a), b === '' || isBlankMark(b)]
  if (noA && noB) return blank
  if (noA || noB) {
    return refuse('POSITION_HALF', `只有一个坐标（“${a || b}”）：请填写两个，或都留空`)
  }
  const fault = errorCell(a) ?? errorCell(b)
  if (fault) return fault
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
  const fault = errorCell(text)
  if (fault) return fault
  const parts = splitPair(text)
  if (!parts) {
    return refuse('POSITION_INVALID', `“${text}”不是一对坐标：请填写如 113.13,27.83（经度在前）`)
  }
  const [x, y] = [readAngle(parts[0]), readAngle(parts[1])]
  if ('code' in x) return x
  if ('code' in y) return y
  const turned = x.axis === 'lat' || y.axis === 'lon'
  if (turned && (x.axis === 'lon' || y.axis === 'lat')) {
    return refuse('POSITION_INVALID', `“${text}”两个值是同一方向：请填写经度和纬度各一个`)
  }
  return { ok: true, value: turned ? { x: y.value, y: x.value } : { x: x.value, y: y.value } }
}

/** The refusal of a pair that only makes sense the other way round. */
export function swapped(text: string): Parsed<never> {
  return refuse(
    'POSITION_SWAPPED',
    `坐标“${text}”的经度和纬度写反了：请把两列对调（经度约 73–135，纬度约 3–54）`,
  )
}

function coordinateText(cell: Cell): string {
  return plainText(cell)
    .replace(/^POINT\s*\((.*)\)$/i, '$1')
    .replace(/^[([{](.*)[)\]}]$/, '$1')
    .trim()
}

function splitPair(text: string): [string, string] | null {
  for (const mark of [/[,;、]/, /\s+(?=[^\d\s]*\d)/]) {
    const parts = text.split(mark).map((part) => part.trim())
    if (parts.length === 2 && parts[0] && parts[1]) return [parts[0], parts[1]]
  }
  const words = /^(东经.+?)(北纬.+)$|^(北纬.+?)(东经.+)$|^(.+?[NnEe])(\d.+[NnEe])$/.exec(text)
  if (words) {
    const [a, b] = words.slice(1).filter((part) => part !== undefined)
    if (a !== undefined && b !== undefined) return [a, b]
  }
  const spaced = /^(.+[″"”秒NnEe])\s+(\S.*)$/.exec(text)
  return spaced?.[1] && spaced[2] ? [spaced[1], spaced[2]] : null
}

function readAngle(text: string): Angle | (Parsed<never> & { ok: false }) {
  const word = (AXIS_BEFORE.exec(text)?.[1] ?? AXIS_AFTER.exec(text)?.[1] ?? '').toLowerCase()
  const axis = LON_WORDS.has(word) ? 'lon' : LAT_WORDS.has(word) ? 'lat' : null
  const bare = text.replace(AXIS_BEFORE, '').replace(AXIS_AFTER, '').replaceAll(/\s/g, '')
  const decimal = readDecimal(bare.replace(/(°|度|m|米)$/, ''))
  if (decimal !== null) return { value: decimal, axis }
  const groups = DMS.exec(bare)?.groups
  if (!groups) {
    return refuse(
      'POSITION_INVALID',
      `“${text}”不是坐标：请填写如 113.1367、113°08′12″ 或 3079000（米）`,
    )
  }
  const [minutes, seconds] = [Number(groups['min'] ?? 0), Number(groups['sec'] ?? 0)]
  if (minutes >= 60 || seconds >= 60) {
    return refuse('POSITION_INVALID', `“${text}”的分或秒不小于 60：请核对`)
  }
  const degrees = Number(groups['deg'])
  const size = Math.abs(degrees) + minutes / 60 + seconds / 3600
  return { value: degrees < 0 ? -size : size, axis }
}
