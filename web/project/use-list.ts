import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import type { ProjectTable } from './table.ts'

/** Pixels; the style sheet knows the same heights. */
const rowHeight = 56
const headHeight = 32

interface ListOptions {
  table: ProjectTable
  rows: Uint32Array
  selected: number | null
  onSelect: (id: number) => void
}

/** Which rows of the list exist, which one the keys stand on, and what the keys do. */
export function useList({ table, rows, selected, onSelect }: ListOptions) {
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  })
  const at = Math.min(active, Math.max(0, rows.length - 1))
  const show = useCallback(
    (place: number) => {
      setActive(place)
      virtual.scrollToIndex(place, { align: 'auto' })
    },
    [virtual],
  )
  useSelected({ table, rows, selected, show, setActive })
  const open = useCallback(
    (place: number) => {
      setActive(place)
      const project = table.id[rows[place] ?? -1]
      if (project !== undefined) onSelect(project)
    },
    [table, rows, onSelect],
  )
  const onKey = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
    const place = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page }
    const target = { ...place, Home: 0, End: rows.length - 1 }[event.key]
    if (target !== undefined) show(Math.max(0, Math.min(rows.length - 1, target)))
    else if (event.key === 'Enter' || event.key === ' ') open(at)
    else return
    event.preventDefault()
  }
  const items = virtual.getVirtualItems().map(({ index, start }) => ({
    place: index,
    top: start - headHeight,
    row: rows[index] ?? 0,
  }))
  return { scroller, items, height: virtual.getTotalSize(), at, open, onKey }
}

/**
 * The selected project becomes the active row. It is brought into view when it is selected, and not
 * again when rows change: a reader who has scrolled on is not pulled back by news.
 */
function useSelected(
  list: Pick<ListOptions, 'table' | 'rows' | 'selected'> & {
    show: (place: number) => void
    setActive: (place: number) => void
  },
): void {
  const { table, rows, selected, show, setActive } = list
  const shown = useRef<number | null>(null)
  useEffect(() => {
    const row = selected === null ? undefined : table.rowOf.get(selected)
    const place = row === undefined ? -1 : rows.indexOf(row)
    if (selected === null) shown.current = null
    if (place < 0) return
    if (shown.current === selected) setActive(place)
    else show(place)
    shown.current = selected
  }, [table, rows, selected, show, setActive])
}
