/*
 * The fact tables as the importer writes them: field, column, and the type that carries the value.
 * Matching rows are compared field by field; what a file leaves blank is left as it is.
 */
import type { FactTable } from '../db/as-of.ts'

type SqlType =
  | 'text'
  | 'numeric'
  | 'integer'
  | 'bigint'
  | 'date'
  | 'boolean'
  | 'timestamptz'
  | 'float8'

export interface ColumnSpec {
  field: string
  column: string
  type: SqlType
}

export interface TableSpec {
  table: FactTable
  columns: readonly ColumnSpec[]
  /** Columns of other types (geometry, arrays): their SQL from the record's fields, and the fields that set them. */
  geometry: readonly { column: string; sql: string; sources: readonly ColumnSpec[]; read: string }[]
}

const column = (field: string, type: SqlType = 'text'): ColumnSpec => ({
  field,
  column: field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  type,
})
const texts = (...fields: string[]) => fields.map((field) => column(field))
const typed = (type: SqlType, ...fields: string[]) => fields.map((field) => column(field, type))
const SOURCED = texts('provenance', 'sourceTitle', 'sourceDate')

const point = (name: string, lon: string, lat: string) => ({
  column: name,
  sql: `case when r.${lon} is null then null else st_setsrid(st_makepoint(r.${lon}, r.${lat}), 4326) end`,
  sources: typed('float8', lon, lat),
  read: `round(st_x(t.${name})::numeric, 9) as ${lon}, round(st_y(t.${name})::numeric, 9) as ${lat}`,
})
/** Twelve amounts in one column, carried as text with two decimals each. */
const months = (name: 'planned' | 'actual') => ({
  column: `${name}_wan`,
  sql: `string_to_array(r.${name}_months, ',')::numeric[]`,
  sources: texts(`${name}Months`),
  read: `array_to_string(t.${name}_wan, ',') as ${name}_months`,
})
const BOUNDARY = {
  column: 'boundary',
  sql: 'st_setsrid(st_multi(st_geomfromgeojson(r.boundary)), 4326)',
  sources: texts('boundary'),
  read: 'st_asgeojson(t.boundary, 9) as boundary',
}
const LABEL = point('label_point', 'lon', 'lat')

export const TABLES = {
  unit: {
    table: 'unit',
    columns: [
      ...texts('code', 'name', 'shortName', 'level'),
      ...typed('bigint', 'parentId'),
      column('reports', 'boolean'),
      column('ordinal', 'integer'),
      ...SOURCED,
    ],
    geometry: [BOUNDARY, LABEL],
  },
  park: {
    table: 'park',
    columns: [
      ...texts('code', 'name'),
      column('unitId', 'bigint'),
      column('boundaryQuality'),
      ...SOURCED,
    ],
    geometry: [BOUNDARY, LABEL],
  },
  project: {
    table: 'project',
    columns: [
      ...texts('code', 'name', 'searchText'),
      ...typed('bigint', 'unitId', 'parkId', 'parentId'),
      ...texts('category', 'industry', 'sideState'),
      ...typed('numeric', 'totalWan', 'areaMu'),
      ...texts('addressText', 'ownerEnterprise', 'leadDepartment', 'contactLeader'),
      ...texts('serviceOfficer', 'servicePhone', 'positionQuality', 'positionCrs', 'note'),
      ...SOURCED,
    ],
    geometry: [point('location', 'lon', 'lat')],
  },
  plan: {
    table: 'plan',
    columns: [
      column('projectId', 'bigint'),
      column('year', 'integer'),
      column('kind'),
      column('annualWan', 'numeric'),
      column('collectiveStart'),
      ...typed('date', 'addedOn', 'removedOn'),
      ...texts('changeReason', 'provenance'),
    ],
    geometry: [],
  },
  milestone: {
    table: 'milestone',
    columns: [
      column('projectId', 'bigint'),
      ...texts('kind', 'name'),
      ...typed('date', 'originalDate', 'revisedDate', 'forecastDate', 'actualDate'),
      ...texts('originalPrecision', 'revisedPrecision', 'actualPrecision', 'cause'),
      ...SOURCED,
    ],
    geometry: [],
  },
  investment: {
    table: 'investment',
    columns: [
      column('projectId', 'bigint'),
      column('month', 'date'),
      column('fundSource'),
      ...typed('numeric', 'plannedWan', 'actualWan'),
      column('provenance'),
    ],
    geometry: [],
  },
  report: {
    table: 'report',
    columns: [
      column('projectId', 'bigint'),
      column('month', 'date'),
      column('status'),
      column('percent', 'numeric'),
      ...texts('progressText', 'problem', 'cause', 'nextStep'),
      column('inStatistics', 'boolean'),
      column('reporter'),
      column('reportedAt', 'timestamptz'),
      column('provenance'),
    ],
    geometry: [],
  },
  reference: {
    table: 'reference',
    columns: [
      ...texts('code', 'name', 'category'),
      column('totalWan', 'numeric'),
      ...typed('date', 'plannedStart', 'plannedFinish', 'actualStart', 'actualFinish'),
      column('year', 'integer'),
      ...SOURCED,
    ],
    geometry: [months('planned'), months('actual')],
  },
} as const satisfies Record<Exclude<FactTable, 'photo'>, TableSpec>

const fieldLists = new Map<TableSpec, readonly ColumnSpec[]>()

/** Every field of a table that a file can set, geometry included. */
export function fieldsOf(spec: TableSpec): readonly ColumnSpec[] {
  let fields = fieldLists.get(spec)
  if (!fields) {
    fields = [...spec.columns, ...spec.geometry.flatMap(({ sources }) => sources)]
    fieldLists.set(spec, fields)
  }
  return fields
}
