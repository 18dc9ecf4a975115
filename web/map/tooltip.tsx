import { useTranslation } from 'react-i18next'
import { lightOrder } from '../light/light.ts'
import { LightMark } from '../light/light-mark.tsx'
import { lightOf, type ProjectTable, qualityOf } from '../project/table.ts'
import { monthOf } from '../ui/date.ts'
import { count, tenths, yi } from '../ui/number.ts'
import type { Hover } from './events.ts'
import { isVerified } from './scale.ts'

/** What the symbol under the pointer is, in two or three lines beside it. */
export function Tooltip(props: { hover: Hover; table: ProjectTable; width: number }) {
  const { hover, table } = props
  const isRight = hover.point.x > props.width / 2
  const style = isRight
    ? { right: props.width - hover.point.x + 16, top: hover.point.y - 10 }
    : { left: hover.point.x + 16, top: hover.point.y - 10 }
  return (
    <div className="map-tooltip" style={style} role="status">
      {hover.kind === 'project' ? (
        <ProjectLines table={table} id={hover.id} />
      ) : (
        <ClusterLines counts={hover.counts} total={hover.total} />
      )}
    </div>
  )
}

function ProjectLines({ table, id }: { table: ProjectTable; id: number }) {
  const { t } = useTranslation(['map', 'project'])
  const row = table.rowOf.get(id)
  if (row === undefined) return null
  const light = lightOf(table, row)
  const total = table.totalWan[row] ?? Number.NaN
  const quality = qualityOf(table, row)
  return (
    <>
      <strong>{table.name[row]}</strong>
      <span className="map-tooltip-light">
        <LightMark light={light} hollow={!isVerified(quality)} />
        {t(`project:light.${light}`)}
        <Why table={table} row={row} />
      </span>
      <span className="figure">
        {Number.isNaN(total)
          ? t('map:hover.totalUnknown')
          : t('map:hover.total', { yi: yi(total) })}
      </span>
      {isVerified(quality) ? null : (
        <span>{t('map:hover.place', { quality: t(`project:positionQuality.${quality}`) })}</span>
      )}
    </>
  )
}

/** The reason in a few words; the whole sentence is in the panel. */
function Why({ table, row }: { table: ProjectTable; row: number }) {
  const { t } = useTranslation('map')
  const light = lightOf(table, row)
  const reported = table.reported[row] ?? -1
  if (light === 'stale') {
    const words =
      reported < 0
        ? t('map:hover.neverReported')
        : t('map:hover.lastReport', { month: monthOf(reported) })
    return <span className="figure">{words}</span>
  }
  const lag = table.lagPoints[row] ?? Number.NaN
  if (Number.isNaN(lag) || light === 'none' || light === 'finished') return null
  const points = tenths(Math.abs(lag))
  if (points === tenths(0)) return <span>{t('map:hover.onPlan')}</span>
  const words = lag < 0 ? t('map:hover.behind', { points }) : t('map:hover.ahead', { points })
  return <span className="figure">{words}</span>
}

function ClusterLines(props: { counts: Record<string, number>; total: number }) {
  const { t } = useTranslation(['map', 'project'])
  return (
    <>
      <strong>{t('map:hover.cluster', { count: props.total })}</strong>
      {lightOrder
        .filter((light) => (props.counts[light] ?? 0) > 0)
        .map((light) => (
          <span key={light} className="map-tooltip-light">
            <LightMark light={light} />
            {t(`project:light.${light}`)}
            <span className="figure">{count(props.counts[light])}</span>
          </span>
        ))}
    </>
  )
}
