import { useQuery } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { cityQuery } from '../city/queries.ts'
import { MapView } from '../map/map-view.tsx'
import type { ProjectTable } from '../project/table.ts'

const checkMs = 30_000

/** The city filling the screen; a new size or a map that failed gets a new map by itself. */
export function WallMap({ table }: { table: ProjectTable }) {
  const box = useRef<HTMLDivElement>(null)
  const city = useQuery(cityQuery).data
  const [area, setArea] = useState<Area | null>(null)
  const [attempt, setAttempt] = useState(0)
  const rows = useMemo(
    () => Uint32Array.from({ length: table.count }, (_, row) => row),
    [table.count],
  )
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const watch = new ResizeObserver(() => setArea(free(element)))
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  useEffect(() => {
    const timer = setInterval(() => {
      if (box.current?.querySelector('[data-map-state="failed"]')) setAttempt((now) => now + 1)
    }, checkMs)
    return () => clearInterval(timer)
  }, [])
  const key = `${area?.width}-${area?.height}-${attempt}`
  return (
    <div ref={box} className="wall-map">
      {area && (
        <MapView
          key={key}
          className="wall-map-view"
          table={table}
          rows={rows}
          theme="night"
          interactive={false}
          legend={false}
          scale={area.height / 1080}
          bounds={city?.bounds ?? null}
          padding={area.padding}
        />
      )}
    </div>
  )
}

interface Area {
  width: number
  height: number
  padding: { top: number; right: number; bottom: number; left: number }
}

/** What the panels leave free, measured where they stand. */
function free(element: HTMLElement): Area {
  const { width, height, left, right, top, bottom } = element.getBoundingClientRect()
  const scene = element.parentElement
  const edge = (name: string) => scene?.querySelector(`.wall-${name}`)?.getBoundingClientRect()
  const headline = edge('panel-headline')
  const others = [edge('panel-unit'), edge('panel-season')].filter((found) => found !== undefined)
  return {
    width,
    height,
    padding: {
      left: (headline?.right ?? left) - left,
      right: right - Math.min(right, ...others.map((panel) => panel.left)),
      top: (edge('top')?.bottom ?? top) - top,
      bottom: bottom - (edge('foot')?.top ?? bottom),
    },
  }
}
