/**
 * The city's projects as the page holds them: the columns of GET /api/map as typed arrays.
 * Rows are addressed by their index; amounts in 万元 (NaN = not known), positions in degrees
 * EPSG:4326 (NaN = none). Filtering and colouring happen here, with no request.
 */
import type { LightForm, LightPart, LightState } from 'api/light/contract'
import type { MapSnapshot } from 'api/map/contract'
import type { PositionQuality, Stage } from 'api/project/contract'

export interface ProjectTable {
  version: string
  seq: number
  asOf: string
  /** The day in China that stages and lights are judged at. */
  date: string
  year: number
  rule: string
  words: MapSnapshot['words']
  /** Which light `light` is, and against which form of the plan. */
  part: ShownPart
  form: LightForm
  count: number
  rowOf: Map<number, number>
  id: Int32Array
  code: string[]
  name: string[]
  initials: string[]
  enterprise: string[]
  unit: Int32Array
  park: Int32Array
  lon: Float64Array
  lat: Float64Array
  category: Int8Array
  stage: Int8Array
  /** The light that is shown: as `part` and `form` say. */
  light: Int8Array
  /** The same part against the other form of the plan. */
  otherLight: Int8Array
  /** The overall light against the approved plan, whichever is shown. */
  overall: Int8Array
  start: Int8Array
  progress: Int8Array
  payment: Int8Array
  statistics: Int8Array
  lightOriginal: Int8Array
  startOriginal: Int8Array
  progressOriginal: Int8Array
  paymentOriginal: Int8Array
  evidence: Int8Array
  disagrees: Uint8Array
  positionQuality: Int8Array
  provenance: Int8Array
  planKind: Int8Array
  counted: Uint8Array
  totalWan: Float64Array
  annualWan: Float64Array
  doneWan: Float64Array
  plannedWan: Float64Array
  lagPoints: Float64Array
  reported: Int32Array
}

const amounts = (values: (number | null)[]) => Float64Array.from(values, (v) => v ?? Number.NaN)
const degrees = (values: (number | null)[]) =>
  Float64Array.from(values, (v) => (v === null ? Number.NaN : v / 1e5))

/** The columns as the wire gives them → typed arrays; null amounts and positions become NaN. */
export function buildTable(snapshot: MapSnapshot): ProjectTable {
  const c = snapshot.columns
  const overall = Int8Array.from(c.light)
  const original = Int8Array.from(c.lightOriginal)
  return {
    version: snapshot.version,
    seq: snapshot.seq,
    asOf: snapshot.asOf,
    date: snapshot.date,
    year: snapshot.year,
    rule: snapshot.rule,
    words: snapshot.words,
    part: 'overall',
    form: 'revised',
    count: c.id.length,
    rowOf: new Map(c.id.map((id, row) => [id, row])),
    id: Int32Array.from(c.id),
    code: c.code,
    name: c.name,
    initials: c.initials,
    enterprise: c.enterprise,
    unit: Int32Array.from(c.unit),
    park: Int32Array.from(c.park),
    lon: degrees(c.lon),
    lat: degrees(c.lat),
    category: Int8Array.from(c.category),
    stage: Int8Array.from(c.stage),
    light: overall,
    otherLight: original,
    overall,
    start: Int8Array.from(c.start),
    progress: Int8Array.from(c.progress),
    payment: Int8Array.from(c.payment),
    statistics: Int8Array.from(c.statistics),
    lightOriginal: original,
    startOriginal: Int8Array.from(c.startOriginal),
    progressOriginal: Int8Array.from(c.progressOriginal),
    paymentOriginal: Int8Array.from(c.paymentOriginal),
    evidence: Int8Array.from(c.evidence),
    disagrees: Uint8Array.from(c.disagrees),
    positionQuality: Int8Array.from(c.positionQuality),
    provenance: Int8Array.from(c.provenance),
    planKind: Int8Array.from(c.planKind),
    counted: Uint8Array.from(c.counted),
    totalWan: amounts(c.totalWan),
    annualWan: amounts(c.annualWan),
    doneWan: amounts(c.doneWan),
    plannedWan: amounts(c.plannedWan),
    lagPoints: amounts(c.lagPoints),
    reported: Int32Array.from(c.reported),
  }
}

/** A city without projects on a day, for who may see none. */
export function noTable(date: string): ProjectTable {
  // Every column is there and empty, whichever there are.
  const columns = new Proxy({}, { get: () => [] }) as MapSnapshot['columns']
  return buildTable({
    version: '',
    seq: 0,
    partial: false,
    asOf: date,
    date,
    year: Number(date.slice(0, 4)),
    rule: '',
    words: {
      category: [],
      stage: [],
      light: [],
      positionQuality: [],
      provenance: [],
      planKind: [],
    },
    gone: [],
    columns,
  })
}

export type ShownPart = LightPart | 'overall'

/**
 * The same table with another of its lights shown: list, map, filter and figures then all speak of
 * that one. The columns themselves are shared.
 */
export function showing(
  table: ProjectTable,
  { part, form }: { part: ShownPart; form: LightForm },
): ProjectTable {
  if (part === table.part && form === table.form) return table
  const other = form === 'revised' ? 'original' : 'revised'
  const light = column(table, part, form)
  return { ...table, part, form, light, otherLight: column(table, part, other) }
}

/** Whether a project is in the statistics depends on no plan. */
function column(table: ProjectTable, part: ShownPart, form: LightForm): Int8Array {
  if (part === 'overall') return form === 'revised' ? table.overall : table.lightOriginal
  return form === 'revised' || part === 'statistics' ? table[part] : table[`${part}Original`]
}

/** Merges a partial snapshot (changed rows and gone ids) into the one held, as a new snapshot. */
export function mergeSnapshot(held: MapSnapshot, delta: MapSnapshot): MapSnapshot {
  if (!delta.partial) return delta
  const changed = new Map(delta.columns.id.map((id, row) => [id, row]))
  const gone = new Set(delta.gone)
  const kept: number[] = []
  held.columns.id.forEach((id, row) => {
    if (!changed.has(id) && !gone.has(id)) kept.push(row)
  })
  const columns = Object.fromEntries(
    Object.entries(held.columns).map(([name, values]) => [
      name,
      [
        ...kept.map((row) => (values as unknown[])[row]),
        ...(delta.columns[name as keyof MapSnapshot['columns']] as unknown[]),
      ],
    ]),
  ) as MapSnapshot['columns']
  return { ...delta, partial: false, gone: [], columns }
}

/** Every row of the table, in its order. */
export const allRows = (table: ProjectTable): Uint32Array =>
  Uint32Array.from({ length: table.count }, (_, row) => row)

/** The light that the table shows of a row. */
export const lightOf = (table: ProjectTable, row: number): LightState =>
  table.words.light[table.light[row] ?? -1] ?? 'none'
/** The same light against the given form of the plan. */
export const lightIn = (table: ProjectTable, row: number, form: LightForm): LightState =>
  table.words.light[(form === table.form ? table.light : table.otherLight)[row] ?? -1] ?? 'none'
/** The overall light against the approved plan, whichever the table shows. */
export const overallOf = (table: ProjectTable, row: number): LightState =>
  table.words.light[table.overall[row] ?? -1] ?? 'none'
/** What the evidence alone would show. */
export const evidenceOf = (table: ProjectTable, row: number): LightState =>
  table.words.light[table.evidence[row] ?? -1] ?? 'none'
export const stageOf = (table: ProjectTable, row: number): Stage =>
  table.words.stage[table.stage[row] ?? -1] ?? 'reserve'
export const qualityOf = (table: ProjectTable, row: number): PositionQuality =>
  table.words.positionQuality[table.positionQuality[row] ?? -1] ?? 'none'
export const provenanceOf = (table: ProjectTable, row: number): string =>
  table.words.provenance[table.provenance[row] ?? -1] ?? ''
