import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Bounds } from '../map/events.ts'
import { MapView } from '../map/map-view.tsx'
import { mapSnapshot } from '../project/queries.ts'
import { allRows, buildTable } from '../project/table.ts'

/** Half the side of what the small map shows, in degrees: about 2 km. */
const reachDeg = 0.02

/** The project and what is around it. */
export default function FieldMap({ id, at }: { id: number; at: readonly [number, number] }) {
  const snapshot = useQuery(mapSnapshot(null)).data
  const table = useMemo(() => (snapshot ? buildTable(snapshot) : null), [snapshot])
  const rows = useMemo(() => (table ? allRows(table) : new Uint32Array()), [table])
  const [lon, lat] = at
  const bounds = useMemo(
    (): Bounds => [lon - reachDeg, lat - reachDeg, lon + reachDeg, lat + reachDeg],
    [lon, lat],
  )
  return (
    <MapView
      className="field-map"
      table={table}
      rows={rows}
      selected={id}
      bounds={bounds}
      theme="day"
      legend={false}
    />
  )
}
