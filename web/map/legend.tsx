import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { lightOrder, noCounts } from '../light/light.ts'
import { LightMark } from '../light/light-mark.tsx'
import { countPlaced } from '../project/project-layer.ts'
import { lightOf, type ProjectTable } from '../project/table.ts'
import { Figure } from '../shell/figure.tsx'

/** On a map smaller than this the legend would hide the city or the buttons: it begins closed. */
const roomy = { width: 600, height: 400 }

/** Every light with its shape, word and how many of the rows have it; what hollow and size mean. */
export function Legend(props: {
  table: ProjectTable
  rows: Uint32Array
  columns?: boolean
  /** Nobody can open it: it stays open and has no handle. */
  fixed?: boolean
}) {
  const { t } = useTranslation(['map', 'project'])
  const { table, rows } = props
  const counts = useMemo(() => {
    const sums = noCounts()
    for (const row of rows) sums[lightOf(table, row)] += 1
    return sums
  }, [table, rows])
  const unplaced = useMemo(() => rows.length - countPlaced(table, rows), [table, rows])
  const frame = useRef<HTMLDetailsElement>(null)
  const isRoomy = useRoomy(frame)
  return (
    <details ref={frame} className="map-legend" open={props.fixed === true || isRoomy}>
      <summary hidden={props.fixed === true}>{t('map:legend.title')}</summary>
      <ul>
        {lightOrder.map((light) => (
          <li key={light}>
            <LightMark light={light} size="1.1em" />
            <span>{t(`project:light.${light}`)}</span>
            <Figure name="light.found" of={[light]} value={counts[light]} />
          </li>
        ))}
      </ul>
      <p className="map-legend-note">
        <span>
          <LightMark light="green" size="0.9em" /> {t('map:legend.verified')}
        </span>
        <span>
          <LightMark light="green" hollow size="0.9em" /> {t('map:legend.hollow')}
        </span>
      </p>
      <p className="map-legend-note">{t('map:legend.size')}</p>
      {props.columns ? <p className="map-legend-note">{t('map:legend.columns')}</p> : null}
      {unplaced > 0 ? (
        <p className="map-legend-note">
          <Figure name="project.unplaced" value={unplaced}>
            {t('map:legend.unplaced', { count: unplaced })}
          </Figure>
        </p>
      ) : null}
    </details>
  )
}

/** Whether the map around the legend is large enough for it; a panel opened beside the map counts. */
function useRoomy(frame: RefObject<HTMLElement | null>): boolean {
  const [isRoomy, setRoomy] = useState(true)
  useEffect(() => {
    const map = frame.current?.parentElement
    if (!map) return
    const observer = new ResizeObserver(() =>
      setRoomy(map.clientWidth >= roomy.width && map.clientHeight >= roomy.height),
    )
    observer.observe(map)
    return () => observer.disconnect()
  }, [frame])
  return isRoomy
}
