import type { LightState } from 'api/light/contract'
import { MapSnapshot } from 'api/map/contract'

/** One project as the map's columns hold it, with words instead of their codes where tests read them. */
export interface Row {
  name: string
  code: string
  unit: number
  lon: number | null
  lat: number | null
  light: LightState
  /** Against the original plan; the same where nothing is said. */
  lightOriginal?: LightState
  evidence?: LightState
  disagrees?: number
  planKind: number
  counted: number
  totalWan: number | null
  annualWan: number | null
  doneWan: number | null
  plannedWan: number | null
  reported: number
}

const lights: LightState[] = ['red', 'amber', 'green', 'stale', 'finished', 'none']

/** A map snapshot of 2023-05-31 that passes its contract; positions are given in degrees. */
export function snapshotOf(given: Partial<Row>[]): MapSnapshot {
  const rows = given.map((row, index) => ({ ...blank(index), ...row }))
  const column = <T>(value: (row: Row, index: number) => T) => rows.map(value)
  const amount = { lagPoints: column(lagOf), park: column(() => -1) }
  return MapSnapshot.parse({
    version: '1-2023-05-31-v1',
    seq: 1,
    partial: false,
    asOf: '2023-05-31T15:59:59Z',
    date: '2023-05-31',
    year: 2023,
    rule: '本市 v1',
    words: {
      category: ['industry'],
      stage: ['building'],
      light: lights,
      positionQuality: ['site'],
      provenance: ['synthetic'],
      planKind: ['construction', 'preliminary'],
    },
    gone: [],
    columns: {
      ...amount,
      id: column((_, index) => index + 1),
      code: column((row) => row.code),
      name: column((row) => row.name),
      initials: column(() => ''),
      enterprise: column(() => ''),
      unit: column((row) => row.unit),
      lon: column((row) => (row.lon === null ? null : Math.round(row.lon * 1e5))),
      lat: column((row) => (row.lat === null ? null : Math.round(row.lat * 1e5))),
      category: column(() => 0),
      stage: column(() => 0),
      light: column((row) => lights.indexOf(row.light)),
      start: column(() => lights.indexOf('green')),
      progress: column(() => lights.indexOf('none')),
      payment: column((row) => lights.indexOf(row.light)),
      statistics: column(() => lights.indexOf('none')),
      lightOriginal: column((row) => lights.indexOf(row.lightOriginal ?? row.light)),
      startOriginal: column(() => lights.indexOf('green')),
      progressOriginal: column(() => lights.indexOf('none')),
      paymentOriginal: column((row) => lights.indexOf(row.lightOriginal ?? row.light)),
      evidence: column((row) => lights.indexOf(row.evidence ?? row.light)),
      disagrees: column((row) => row.disagrees ?? 0),
      positionQuality: column(() => 0),
      provenance: column(() => 0),
      planKind: column((row) => row.planKind),
      counted: column((row) => row.counted),
      totalWan: column((row) => row.totalWan),
      annualWan: column((row) => row.annualWan),
      doneWan: column((row) => row.doneWan),
      plannedWan: column((row) => row.plannedWan),
      reported: column((row) => row.reported),
    },
  })
}

/** As the server gives it, for construction projects that told their money. */
function lagOf({ planKind, annualWan, doneWan, plannedWan }: Row): number | null {
  if (planKind !== 0 || !annualWan || doneWan === null || plannedWan === null) return null
  return Math.round(((doneWan - plannedWan) / annualWan) * 1000) / 10
}

const blank = (index: number): Row => ({
  name: `项目${index + 1}`,
  code: `P${index + 1}`,
  unit: 1,
  lon: null,
  lat: null,
  light: 'none',
  planKind: -1,
  counted: 1,
  totalWan: null,
  annualWan: null,
  doneWan: null,
  plannedWan: null,
  reported: -1,
})
