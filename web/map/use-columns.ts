import { useEffect } from 'react'
import type { MoneyColumns } from '../investment/column-layer.ts'
import type { ProjectTable } from '../project/table.ts'
import type { CityMap } from './map.ts'
import { readPalette, type Theme } from './palette.ts'

/** Money columns while a table is given; their library is loaded only then. */
export function useColumns(
  map: CityMap | null,
  table: ProjectTable | null,
  rows: Uint32Array,
  theme: Theme,
  scale: number,
): void {
  useEffect(() => {
    if (!map || !table) return
    let columns: MoneyColumns | null = null
    let isGone = false
    void import('../investment/column-layer.ts').then(({ addColumns }) => {
      if (isGone) return
      map.showSymbols(false)
      columns = addColumns(map.map, table, rows, readPalette(theme), scale)
    })
    return () => {
      isGone = true
      columns?.remove()
      map.showSymbols(true)
    }
  }, [map, table, rows, theme, scale])
}
