import { useQuery } from '@tanstack/react-query'
import type { FeatureCollection } from 'geojson'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { cityQuery } from '../city/queries.ts'
import type { Bounds } from '../map/events.ts'
import { MapView } from '../map/map-view.tsx'
import type { Padding } from '../map/view.ts'
import type { ProjectTable } from '../project/table.ts'

const checkMs = 30_000
/** Names of 13 px at a desk are read from afar as a 40th of the height. */
const readable = 2
/** The map's part of the wall's unit (`--u` in wall.css): 1 at 1080p. */
const unitPx = () => Math.min(innerHeight / 1080, innerWidth / 1720)
const nowhere: Padding = { top: 0, right: 0, bottom: 0, left: 0 }

interface Area {
  width: number
  height: number
  padding: Padding
}

/** The city filling the screen, or a part of it in a panel. */
export function WallMap(props: {
  table: ProjectTable
  rows: Uint32Array
  /** The day that is shown, null: now. */
  asOf: string | null
  bounds?: Bounds
  /** Where delay concentrates; absent: not shown. */
  hotspots?: FeatureCollection | null
  /** Changes with the panels that lie over the map. */
  panels?: string
  /** Keeps what is shown clear of the panels that lie over the map. */
  isUnderPanels?: boolean
}) {
  const { table } = props
  const box = useRef<HTMLDivElement>(null)
  const city = useQuery(cityQuery).data
  const area = useArea(box, props.isUnderPanels === true, props.panels)
  const attempt = useAttempt(box)
  return (
    <div ref={box} className="wall-map">
      {area && (
        <MapView
          key={`${area.width}-${area.height}-${attempt}`}
          className="wall-map-view"
          table={table}
          rows={props.rows}
          theme="night"
          asOf={props.asOf}
          interactive={false}
          legend={false}
          scale={unitPx() * readable}
          bounds={props.bounds ?? city?.bounds ?? null}
          padding={area.padding}
          hotspots={props.hotspots ?? null}
        />
      )}
    </div>
  )
}

type Box = RefObject<HTMLDivElement | null>

/** The map's size and what is covered of it, measured where the panels stand. */
function useArea(box: Box, isUnderPanels: boolean, panels: string | undefined): Area | null {
  const [area, setArea] = useState<Area | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other panels cover another part
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => {
      const { width, height } = element.getBoundingClientRect()
      setArea({ width, height, padding: isUnderPanels ? covered(element) : nowhere })
    }
    const watch = new ResizeObserver(measure)
    watch.observe(element)
    return () => watch.disconnect()
  }, [box, isUnderPanels, panels])
  return area
}

/** Counts up, for a new map, as long as the present one has failed: nobody is there to press a button. */
function useAttempt(box: Box): number {
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => {
      if (box.current?.querySelector('[data-map-state="failed"]')) setAttempt((now) => now + 1)
    }, checkMs)
    return () => clearInterval(timer)
  }, [box])
  return attempt
}

function covered(element: HTMLElement): Padding {
  const { left, right, top, bottom } = element.getBoundingClientRect()
  const edges = (names: string[]) =>
    names
      .map((name) => element.parentElement?.querySelector(`.wall-${name}`))
      .filter((found) => found !== null && found !== undefined)
      .map((found) => found.getBoundingClientRect())
  const panels = edges(['dense', 'panel-unit', 'panel-season', 'panel-hot'])
  return {
    left: Math.max(0, ...edges(['panel-headline']).map((edge) => edge.right - left)),
    right: right - Math.min(right, ...panels.map((edge) => edge.left)),
    top: Math.max(0, ...edges(['top']).map((edge) => edge.bottom - top)),
    bottom: bottom - Math.min(bottom, ...edges(['foot']).map((edge) => edge.top)),
  }
}
