import { useEffect, useState } from 'react'
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
  const columns = useShown(map, table !== null)
  useEffect(() => {
    if (table) columns?.update({ table, rows, palette: readPalette(theme), scale })
  }, [columns, table, rows, theme, scale])
}

/** The columns of a map from being wished for until not; a live change does not touch them. */
function useShown(map: CityMap | null, wanted: boolean): MoneyColumns | null {
  const [columns, setColumns] = useState<MoneyColumns | null>(null)
  useEffect(() => {
    if (!map || !wanted) return
    let made: MoneyColumns | null = null
    let isGone = false
    import('../investment/column-layer.ts')
      .then(({ addColumns }) => {
        if (isGone) return
        map.showSymbols(false)
        made = addColumns(map.map)
        setColumns(made)
      })
      // Without a network the library may not come: the symbols stay.
      .catch((error: unknown) => console.warn('money columns could not be loaded', error))
    return () => {
      isGone = true
      setColumns(null)
      made?.remove()
      map.showSymbols(true)
    }
  }, [map, wanted])
  return columns
}
