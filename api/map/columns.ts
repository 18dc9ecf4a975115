import { setImmediate as breathe } from 'node:timers/promises'
import { Provenance } from '../http/contract.ts'
import { LightState } from '../light/contract.ts'
import { Category, PositionQuality, Stage } from '../project/contract.ts'
import type { MapSnapshot } from './contract.ts'
import { type MapRow, slice } from './derive.ts'

export const words = {
  category: Category.options,
  stage: Stage.options,
  light: LightState.options,
  positionQuality: PositionQuality.options,
  provenance: Provenance.options,
  planKind: ['construction', 'preliminary'],
} satisfies MapSnapshot['words']

type Columns = MapSnapshot['columns']
type Column<Name extends keyof Columns> = (row: MapRow) => Columns[Name][number]

/** What a row holds in each column of the snapshot. */
export const columns: { [Name in keyof Columns]: Column<Name> } = {
  id: ({ fact }) => fact.id,
  code: ({ fact }) => fact.code,
  name: ({ fact }) => fact.name,
  initials: ({ fact }) => fact.searchText,
  enterprise: ({ fact }) => fact.ownerEnterprise ?? '',
  unit: ({ fact }) => fact.unitId,
  park: ({ fact }) => fact.parkId ?? -1,
  lon: ({ fact }) => fixed(fact.lon),
  lat: ({ fact }) => fixed(fact.lat),
  category: indexIn(words.category, ({ fact }) => fact.category),
  stage: indexIn(words.stage, ({ stage }) => stage),
  light: stateOf(({ light }) => light),
  start: stateOf(({ parts }) => parts.start),
  progress: stateOf(({ parts }) => parts.progress),
  payment: stateOf(({ parts }) => parts.payment),
  statistics: stateOf(({ parts }) => parts.statistics),
  lightOriginal: stateOf(({ original }) => original.light),
  startOriginal: stateOf(({ original }) => original.parts.start),
  progressOriginal: stateOf(({ original }) => original.parts.progress),
  paymentOriginal: stateOf(({ original }) => original.parts.payment),
  evidence: stateOf(({ evidence }) => evidence),
  disagrees: ({ disagrees }) => (disagrees ? 1 : 0),
  positionQuality: indexIn(words.positionQuality, ({ fact }) => fact.positionQuality),
  provenance: indexIn(words.provenance, ({ fact }) => fact.provenance),
  planKind: indexIn(words.planKind, ({ fact }) => fact.planKind),
  counted: ({ fact }) => (fact.counted ? 1 : 0),
  totalWan: ({ fact }) => fact.totalWan,
  annualWan: ({ fact }) => fact.annualWan,
  doneWan: ({ fact }) => fact.doneWan,
  plannedWan: ({ fact }) => fact.plannedWan,
  lagPoints: ({ lagPoints }) => lagPoints,
  reported: ({ fact }) => monthNumber(fact.reportedMonth),
}

/**
 * The JSON text of a snapshot, in UTF-8, made column by column so that a hundred thousand rows do
 * not hold up other requests.
 */
export async function encodeSnapshot(
  head: Omit<MapSnapshot, 'words' | 'columns'>,
  rows: readonly MapRow[],
): Promise<Buffer> {
  const parts: string[] = []
  for (const [name, column] of Object.entries(columns)) {
    if (rows.length > slice) await breathe()
    parts.push(`${JSON.stringify(name)}:${JSON.stringify(rows.map((row): unknown => column(row)))}`)
  }
  const start = JSON.stringify({ ...head, words }).slice(0, -1)
  return Buffer.from(`${start},"columns":{${parts.join()}}}`)
}

/** Degrees × 1e5: about a metre. */
function fixed(degrees: number | null): number | null {
  return degrees === null ? null : Math.round(degrees * 1e5)
}

function monthNumber(month: string | null): number {
  return month === null ? -1 : Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
}

function indexIn<Word extends string>(
  list: readonly Word[],
  of: (row: MapRow) => Word | null,
): (row: MapRow) => number {
  const index = new Map<Word | null, number>(list.map((word, at) => [word, at]))
  return (row) => index.get(of(row)) ?? -1
}

function stateOf(of: (row: MapRow) => LightState): (row: MapRow) => number {
  return indexIn(words.light, of)
}
