/*
 * GeoJSON (RFC 7946, and the older `crs` member): one row per feature, its properties as columns.
 */
import { type Crs, parseCrs, toWgs84 } from 'geo/crs'
import { checkGeometry, nestsDeeperThan } from 'geo/geojson'
import {
  type Cell,
  COLUMNS_MAX,
  type Shape,
  type Sheet,
  type Source,
  shown,
  TEXT_MAX,
} from './cell.ts'
import { decode } from './decode.ts'
import { ImportFailure } from './failure.ts'
import { geometryWords } from './geometry-words.ts'
import { jsonFault } from './json-fault.ts'

const DEPTH_MAX = 32

/**
 * Reads a FeatureCollection, a Feature or a bare geometry. A geometry at fault does not end the
 * reading: its row carries the reason. Metres (`requested`, or the file's own system) are converted
 * here, since a geometry is checked in degrees.
 * @throws ImportFailure `JSON_INVALID`, `JSON_TOO_DEEP`, `GEOJSON_INVALID`
 */
export function readGeojson(bytes: Uint8Array, requested = 'auto'): Source {
  const value = parseJson(bytes)
  const features = featuresOf(value)
  const stated = statedCrs(value)
  const grid = gridOf(requested === 'auto' ? stated : requested)
  const headers = headersOf(features)
  const sheet: Sheet = { name: '', rows: [headers], numbers: [0], shapes: [null] }
  for (const [index, feature] of features.entries()) {
    const properties = objectAt(feature, 'properties')
    sheet.rows.push(headers.map((header) => cellOf(own(properties, header))))
    sheet.numbers.push(index + 1)
    sheet.shapes?.push(shapeOf(feature, grid))
  }
  const source: Source = {
    format: 'geojson',
    sheets: [sheet],
    crs: grid ? 'wgs84' : (stated ?? 'wgs84'),
  }
  return grid ? { ...source, convertedFrom: grid } : source
}

function parseJson(bytes: Uint8Array): unknown {
  const text = decode(bytes).replace(/^\uFEFF/, '')
  let value: unknown
  try {
    value = parseText(text)
  } catch (error) {
    if (error instanceof ImportFailure) throw error
    const why = error instanceof RangeError ? '嵌套太深' : jsonFault(text, error as Error)
    throw new ImportFailure('JSON_INVALID', `文件不是完好的 JSON：${why}`)
  }
  if (nestsDeeperThan(value, DEPTH_MAX)) {
    throw new ImportFailure('JSON_TOO_DEEP', `JSON 嵌套超过 ${DEPTH_MAX} 层：GeoJSON 不会这样深`)
  }
  return value
}

/** One document, or one feature a line (GeoJSONSeq: RFC 8142, with or without its separators). */
function parseText(text: string): unknown {
  const lines = text
    .replaceAll('\u001e', '')
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '')
  const sequence = lines.length > 0 && lines.every((line) => /^\s*\{.*\}\s*$/.test(line))
  if (!sequence || (lines.length === 1 && !text.startsWith('\u001e'))) return JSON.parse(text)
  return {
    type: 'FeatureCollection',
    features: lines.map((line, index) => {
      try {
        return JSON.parse(line)
      } catch (error) {
        const why = jsonFault(line, error as Error).replace(/^第 \d+ 行/, '')
        throw new ImportFailure('JSON_INVALID', `文件不是完好的 JSON：第 ${index + 1} 行${why}`)
      }
    }),
  }
}

function featuresOf(value: unknown): object[] {
  const type = textAt(value, 'type')
  if (type === 'FeatureCollection') {
    const features = isObject(value) ? value['features'] : undefined
    if (Array.isArray(features))
      return features.map((feature) => (isObject(feature) ? feature : {}))
  }
  if (isObject(value) && type === 'Feature') return [value]
  if (isObject(value) && 'coordinates' in value) return [{ geometry: value, properties: {} }]
  throw new ImportFailure(
    'GEOJSON_INVALID',
    `JSON 不是 GeoJSON：type 是“${shown(type ?? '（无）')}”，应为 FeatureCollection、Feature 或几何类型`,
  )
}

function headersOf(features: readonly object[]): string[] {
  const headers = new Set<string>()
  for (const feature of features) {
    for (const key of Object.keys(objectAt(feature, 'properties') ?? {})) headers.add(key)
    if (headers.size > COLUMNS_MAX) {
      throw new ImportFailure('TOO_MANY_COLUMNS', `属性超过 ${COLUMNS_MAX} 个：请只留需要的属性`)
    }
  }
  return [...headers]
}

/** Of a nested property the code that it names (DataV's `parent: {adcode}`), else JSON text, shortened. */
function cellOf(value: unknown): Cell {
  if (typeof value === 'string') return value === '' ? null : value
  if (typeof value === 'number' || typeof value === 'boolean') return value
  const adcode = isObject(value) ? own(value, 'adcode') : undefined
  if (typeof adcode === 'number' || typeof adcode === 'string') return String(adcode)
  return value === null || value === undefined ? null : JSON.stringify(value).slice(0, TEXT_MAX)
}

function shapeOf(feature: object, grid: Crs | null): Shape | null {
  const given = 'geometry' in feature ? feature.geometry : undefined
  const degrees = grid && isObject(given) ? firstDegrees(given['coordinates'], 0) : null
  if (degrees) {
    return {
      fault: `坐标系是 ${grid}（米），坐标 [${degrees.join(', ')}] 却是度：请改用 --crs wgs84、gcj02 或 bd09，并改正文件里写明的坐标系`,
    }
  }
  const geometry =
    grid && isObject(given)
      ? { ...given, coordinates: fromGrid(grid, given['coordinates'], 0) }
      : given
  if (geometry === null || geometry === undefined) return null
  const check = checkGeometry(geometry, { findings: 3 })
  if (check.ok) return { geometry: check.geometry }
  return { fault: check.findings.map(geometryWords).join('；') }
}

function gridOf(name: string | null): Crs | null {
  if (name === null || !/^gk/i.test(name.trim())) return null
  try {
    const crs = parseCrs(name)
    return crs === 'auto' ? null : crs
  } catch {
    return null
  }
}

/** A pair that can only be degrees: no metre in China is so small. */
function firstDegrees(value: unknown, depth: number): [number, number] | null {
  if (!Array.isArray(value) || depth > 4) return null
  const [x, y] = value
  if (typeof x === 'number' && typeof y === 'number') {
    return Math.abs(x) <= 180 && Math.abs(y) <= 180 ? [x, y] : null
  }
  for (const child of value) {
    const found = firstDegrees(child, depth + 1)
    if (found) return found
  }
  return null
}

/** Metres to degrees at the leaves; what is no pair in that system stays and fails the check. */
function fromGrid(grid: Crs, value: unknown, depth: number): unknown {
  if (!Array.isArray(value) || depth > 4) return value
  const [x, y] = value
  if (typeof x !== 'number' || typeof y !== 'number') {
    return value.map((child) => fromGrid(grid, child, depth + 1))
  }
  try {
    return toWgs84(grid, x, y)
  } catch {
    return value
  }
}

function statedCrs(value: unknown): Crs | null {
  const name = textAt(objectAt(objectAt(value, 'crs'), 'properties'), 'name')
  if (name === undefined) return null
  const code = /(?:EPSG:+|CRS)(\d+)$/i.exec(name)
  const plain = /CRS84$/i.test(name) ? 'wgs84' : code ? `epsg:${code[1]}` : name
  try {
    const crs = parseCrs(plain)
    return crs === 'auto' ? null : crs
  } catch {
    throw new ImportFailure(
      'CRS_UNKNOWN',
      `文件写明的坐标系“${shown(name)}”不认识：请转换为 CGCS2000 或 WGS 84`,
    )
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A property of the file itself: `constructor` is none of an object that lacks it. */
const own = (object: Record<string, unknown> | undefined, key: string): unknown =>
  object && Object.hasOwn(object, key) ? object[key] : undefined

function objectAt(value: unknown, key: string): Record<string, unknown> | undefined {
  const child = isObject(value) ? value[key] : undefined
  return isObject(child) ? child : undefined
}

function textAt(value: unknown, key: string): string | undefined {
  const child = isObject(value) ? value[key] : undefined
  return typeof child === 'string' ? child : undefined
}
