import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Park } from 'api/park/contract'
import type { Unit } from 'api/unit/contract'
import { useDeferredValue, useMemo } from 'react'
import { parksOn } from '../park/queries.ts'
import { filterRows } from '../project/filter.ts'
import { orderRows } from '../project/project-order.ts'
import type { PlaceNames } from '../project/project-row.tsx'
import { mapSnapshot } from '../project/queries.ts'
import { buildTable, type ProjectTable, showing } from '../project/table.ts'
import { type Totals, totalsOf } from '../project/totals.ts'
import { type Replay, useReplay } from '../replay/use-replay.ts'
import { unitsOn } from '../unit/queries.ts'
import type { Desk } from './desk-state.ts'
import { placeNames } from './place.ts'

/** What the desk's state shows of the city: one set of rows for figures, list and map. */
export interface DeskData {
  table: ProjectTable | undefined
  /** Rows that pass the filter, in table order: for the map. */
  rows: Uint32Array
  /** The same rows in the order of the list. */
  ordered: Uint32Array
  totals: Totals | null
  units: readonly Unit[]
  parks: readonly Park[]
  places: PlaceNames
  replay: Replay
  /** Nothing could be loaded, and nothing older is there to show. */
  error: unknown
  retry: () => void
  /** The rows still are those of the day or filter before. */
  isChanging: boolean
}

const noRows = new Uint32Array(0)
const nobody: never[] = []

/** Which days there are, and whether somebody is about to move through them. */
interface Days {
  since: string | null
  today: string | null
  wanted: boolean
}

/**
 * Loads the city as the state asks for it, filters and sorts it, and keeps up with what changes. A past
 * day comes out of the replay where there is one, so that no day that passes by is asked for.
 */
export function useDeskData(
  { state, settled }: Pick<Desk, 'state' | 'settled'>,
  days: Days,
): DeskData {
  const replay = useReplay(days.since, days.today, state.asOf, days.wanted)
  const isReplayed = replay.table !== null
  const snapshot = useQuery({
    ...mapSnapshot(isReplayed ? null : settled),
    enabled: !isReplayed,
    select: buildTable,
    placeholderData: keepPreviousData,
  })
  const units = useQuery(unitsOn(settled)).data?.rows ?? nobody
  const parks = useQuery(parksOn(settled)).data?.rows ?? nobody
  const whole = replay.table ?? snapshot.data
  const { part, form } = state.filter
  const table = useMemo(() => whole && showing(whole, { part, form }), [whole, part, form])
  const filter = useDeferredValue(state.filter)
  const rows = useMemo(() => (table ? filterRows(table, filter) : noRows), [table, filter])
  const ordered = useMemo(
    () => (table ? orderRows(table, rows, state.sort, state.descending) : noRows),
    [table, rows, state.sort, state.descending],
  )
  const totals = useMemo(() => (table ? totalsOf(table, rows) : null), [table, rows])
  const places = useMemo(() => placeNames(units, parks), [units, parks])
  return {
    table,
    rows,
    ordered,
    totals,
    units,
    parks,
    places,
    replay,
    error: table ? null : snapshot.error,
    retry: () => void snapshot.refetch(),
    isChanging:
      (!isReplayed && (snapshot.isPlaceholderData || state.asOf !== settled)) ||
      filter !== state.filter,
  }
}
