/*
 * Puts the rows of a file on the map: each pair through its coordinate system to EPSG:4326, and
 * the question whether it lies in the unit that the row names.
 */
import { type Crs, candidates, parseCrs, toWgs84 } from 'geo/crs'
import { labelPoint } from 'geo/polygon'
import { inChinaBbox, type Position, PositionError } from 'geo/position'
import type { Finding } from './contract.ts'
import { swapped } from './coordinates.ts'
import {
  type CrsDecision,
  decideCrs,
  hasZone,
  isDegrees,
  isGrid,
  optionsFor,
} from './decide-crs.ts'
import { type Draft, flag } from './draft.ts'
import { positionWords } from './geometry-words.ts'
import { inSlices } from './prepare.ts'
import { isInside, type Place, type PlaceIndex } from './unit-index.ts'

export interface Placed {
  /** What the report says of the file: one system, or `auto` with its outcome. */
  crs: string
  findings: Finding[]
}

/**
 * Sets lon, lat and positionCrs of every draft that has coordinates; refuses those that cannot be
 * placed and warns of those outside their unit. `requested` is the importer's option, `stated` what
 * the file itself says; a system stated by a row or its column wins over both.
 */
export async function placePoints(
  drafts: readonly Draft[],
  units: PlaceIndex,
  unitOf: (draft: Draft) => Place | undefined,
  requested: Crs | 'auto',
  stated: string | null,
): Promise<Placed> {
  for (const draft of drafts) pairFromShape(draft)
  const withPair = drafts.filter(({ pair }) => pair !== null)
  const whole = requested !== 'auto' ? requested : stated === null ? null : known(stated)
  const open = whole ? [] : withPair.filter(({ crs }) => crs === null)
  const decision = decideCrs(
    open.flatMap((draft) => {
      const unit = unitOf(draft)
      const inside = unit?.boundary ? (at: Position) => isInside(unit, at) : null
      return draft.pair ? [{ pair: draft.pair, inside }] : []
    }),
  )
  const used = new Set<string>()
  await inSlices(withPair, (slice) => {
    for (const draft of slice) {
      const crs = placeOne(draft, whole, decision)
      if (crs === null) continue
      used.add(crs)
      checkUnit(draft, units, unitOf(draft))
    }
  })
  const names = [...used].sort().join('+')
  return {
    crs: requested !== 'auto' ? requested : names === '' ? 'auto' : `auto:${names}`,
    findings: decision.findings,
  }
}

function pairFromShape(draft: Draft): void {
  const { shape } = draft
  if (!shape || draft.pair) return
  if ('fault' in shape) {
    flag(draft, 'refuse', 'GEOMETRY_INVALID', 'geometry', null, `几何有误：${shape.fault}`)
  } else if (shape.geometry.type === 'Point') {
    const [x, y] = shape.geometry.coordinates
    draft.pair = { x, y }
  } else if (shape.geometry.type === 'Polygon' || shape.geometry.type === 'MultiPolygon') {
    const [x, y] = labelPoint(shape.geometry)
    draft.pair = { x, y }
    flag(draft, 'note', 'POINT_FROM_AREA', 'geometry', null, '位置取自范围的内点')
  } else {
    const message = `几何是 ${shape.geometry.type}：项目的位置应为 Point 或 Polygon`
    flag(draft, 'refuse', 'GEOMETRY_TYPE', 'geometry', shape.geometry.type, message)
  }
}

function placeOne(draft: Draft, whole: Crs | null, decision: CrsDecision): Crs | null {
  const { pair } = draft
  if (!pair) return null
  const shown = `${pair.x}, ${pair.y}`
  const own = draft.crs === null ? null : known(draft.crs)
  if (draft.crs !== null && own === null) {
    const message = `坐标系“${draft.crs}”不支持：请先转换为 CGCS2000，或填写 wgs84、cgcs2000、gcj02、bd09、gk3-38`
    flag(draft, 'refuse', 'CRS_UNKNOWN', 'positionCrs', draft.crs, message)
    return null
  }
  const crs = own ?? whole ?? readingOf(draft, decision)
  if (crs === null) return null
  try {
    const [lon, lat] = toWgs84(crs, pair.x, pair.y)
    if (!inChinaBbox(lon, lat)) {
      const message = `坐标“${shown}”不在中国范围内（经度约 73–135，纬度约 3–54）：请核对，不知道坐标请留空`
      flag(draft, 'refuse', 'POSITION_ABROAD', 'position', shown, message)
      return null
    }
    draft.values['lon'] = Number(lon.toFixed(9))
    draft.values['lat'] = Number(lat.toFixed(9))
    draft.values['positionCrs'] = crs
    return crs
  } catch (error) {
    if (!(error instanceof PositionError)) throw error
    if (error.code === 'position_swapped') {
      const refusal = swapped(shown)
      if (!refusal.ok) flag(draft, 'refuse', refusal.code, 'position', shown, refusal.message)
    } else {
      flag(
        draft,
        'refuse',
        error.code.toUpperCase(),
        'position',
        shown,
        `坐标有误：${positionWords(error)}`,
      )
    }
    return null
  }
}

/** The decided system for a pair that states none; refuses the row where nothing decides. */
function readingOf(draft: Draft, decision: CrsDecision): Crs | null {
  const { pair } = draft
  if (!pair) return null
  const shown = `${pair.x}, ${pair.y}`
  if (isDegrees(pair)) return decision.degrees ?? undecided(draft, decision)
  if (!isGrid(pair)) {
    const message = `坐标“${shown}”不是经纬度（经度约 73–135，纬度约 3–54），也不是平面坐标：请核对`
    flag(draft, 'refuse', 'POSITION_INVALID', 'position', shown, message)
    return null
  }
  if (hasZone(pair)) {
    const [reading] = candidates(pair.x, pair.y)
    if (reading) return reading.crs
    const message = `坐标“${shown}”不是带号的高斯—克吕格坐标：应为北坐标约 300 万米、东坐标八位数（带号在前）`
    flag(draft, 'refuse', 'CRS_MISMATCH', 'position', shown, message)
    return null
  }
  return decision.metres ?? undecided(draft, decision)
}

function undecided(draft: Draft, { rivals }: CrsDecision): null {
  const { pair } = draft
  if (!pair) return null
  const shown = `${pair.x}, ${pair.y}`
  const of = rivals.filter((crs) => crs.startsWith('gk') !== isDegrees(pair))
  const message = isDegrees(pair)
    ? `经纬度“${shown}”分不出是 ${of.join('、')} 中的哪一个：请用 ${optionsFor(of)} 指明`
    : of.length > 0
      ? `平面坐标“${shown}”没有带号，中央经线 ${of.join('、')} 都合适：请用 ${optionsFor(of)} 指明，或在东坐标前加带号`
      : `平面坐标“${shown}”没有带号，判断不了中央经线：请用 --crs 指明，如 gk3-38 或 gk3-cm113`
  flag(draft, 'refuse', 'CRS_UNDECIDED', 'position', shown, message)
  return null
}

function checkUnit(draft: Draft, units: PlaceIndex, unit: Place | undefined): void {
  const { lon, lat } = draft.values
  if (typeof lon === 'number' && typeof lat === 'number')
    warnOutside(draft, [lon, lat], units, unit)
}

/** Warns of a position outside the unit of its row, with where it is and what would bring it inside. */
export function warnOutside(
  draft: Draft,
  at: Position,
  units: PlaceIndex,
  unit: Place | undefined,
): void {
  if (!unit || (unit.boundary ? isInside(unit, at) : isInAny(units, at))) return
  const pair = draft.pair ?? { x: at[0], y: at[1] }
  const home = unit.boundary ? (place: Position) => isInside(unit, place) : null
  const fits = home
    ? candidates(pair.x, pair.y)
        .filter(({ position, crs }) => home(position) && crs !== draft.values['positionCrs'])
        .map(({ crs, swapped: turned }) =>
          turned && isDegrees(pair) ? `${crs}（经纬度对调）` : crs,
        )
    : []
  const actual = units.all.find((place) => place.boundary && isInside(place, at))
  const where = actual ? `落在${actual.name}` : '不在任何填报单位内'
  const hint =
    fits.length > 0 ? `；按 ${fits.join('、')} 会落在${unit.name}内` : '；换别的坐标系也不在其内'
  const message = `位置 ${at.join(', ')} ${where}，不在所填的${unit.name}${home ? hint : ''}：请核对`
  flag(draft, 'warn', 'POINT_OUTSIDE_UNIT', 'position', `${pair.x}, ${pair.y}`, message)
}

/** A unit without boundary (a functional zone) lies somewhere in the city. */
function isInAny(units: PlaceIndex, at: Position): boolean {
  const drawn = units.all.filter(({ boundary }) => boundary)
  return drawn.length === 0 || drawn.some((place) => isInside(place, at))
}

function known(name: string): Crs | null {
  try {
    const crs = parseCrs(name)
    return crs === 'auto' ? null : crs
  } catch {
    return null
  }
}
