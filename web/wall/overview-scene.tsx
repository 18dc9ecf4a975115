import { type UseQueryOptions, useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { cityQuery } from '../city/queries.ts'
import { comparisonOf } from '../comparison/queries.ts'
import { sumText } from '../comparison/value-text.ts'
import { curveOn } from '../investment/queries.ts'
import { mapSnapshot } from '../project/queries.ts'
import { buildTable, type ProjectTable } from '../project/table.ts'
import { ClockStrip } from '../shell/clock-strip.tsx'
import { ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { dayAfter } from '../ui/date.ts'
import { useMedia } from '../ui/media.ts'
import { count } from '../ui/number.ts'
import { unitsOn } from '../unit/queries.ts'
import { HeadlinePanel } from './headline-panel.tsx'
import { LightsPanel } from './lights-panel.tsx'
import { densePlace, listedRows, type Overview, overviewOf } from './overview.ts'
import { Recover } from './recover.tsx'
import { SeasonPanel } from './season-panel.tsx'
import { firstLine } from './sentence.ts'
import { UnitPanel } from './unit-panel.tsx'
import { WallMap } from './wall-map.tsx'

/** Asked again by the clock too, in case the live stream ever stays silent. */
const netMs = 300_000
const retryMs = 10_000

/** Never gives up: a question that failed is asked again soon, one that was answered now and then. */
function useSteady<T, K extends readonly unknown[]>(options: UseQueryOptions<T, Error, T, K>) {
  return useQuery({
    ...options,
    refetchInterval: (query) => (query.state.status === 'error' ? retryMs : netMs),
    refetchIntervalInBackground: true,
  })
}

/** 全市总览: one sentence, the figures, the lights of every unit and the year's money, on the map. */
export function OverviewScene({ asOf }: { asOf: string | null }) {
  const snapshot = useSteady(mapSnapshot(asOf))
  const units = useSteady(unitsOn(asOf))
  const table = useMemo(() => (snapshot.data ? buildTable(snapshot.data) : null), [snapshot.data])
  const overview = useMemo(() => {
    const ids = units.data?.rows.filter((unit) => unit.reports).map((unit) => unit.id)
    return table && ids ? overviewOf(table, ids) : null
  }, [table, units.data])
  const names = useMemo(
    () => new Map(units.data?.rows.map((unit) => [unit.id, unit])),
    [units.data],
  )
  const rows = useMemo(() => (table ? listedRows(table) : new Uint32Array()), [table])
  // The same condition as the strip's layout in wall.css.
  const isStrip = useMedia('(min-aspect-ratio: 24 / 9)')
  if (!table || !overview) {
    const error = snapshot.error ?? units.error
    return error ? <ScreenError error={error} /> : <ScreenLoading />
  }
  return (
    <div className="wall-scene">
      <Recover>
        <WallMap table={table} rows={rows} asOf={asOf} isUnderPanels />
      </Recover>
      <Top asOf={asOf} table={table} overview={overview} name={(id) => names.get(id)?.name ?? ''} />
      <Panel name="headline">
        <HeadlinePanel overview={overview} />
        <LightsPanel overview={overview} />
      </Panel>
      <Panel name="unit">
        <UnitPanel overview={overview} name={(id) => names.get(id)?.shortName ?? ''} />
      </Panel>
      <Panel name="season">
        <Season table={table} asOf={asOf} />
      </Panel>
      {isStrip && <DensePanel table={table} rows={rows} asOf={asOf} />}
      <Foot overview={overview} />
    </div>
  )
}

function Panel({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className={`wall-panel wall-panel-${name}`}>
      <Recover>{children}</Recover>
    </section>
  )
}

function Top(props: {
  asOf: string | null
  table: ProjectTable
  overview: Overview
  name: (id: number) => string
}) {
  const { t } = useTranslation(['wall', 'shell'])
  const city = useQuery(cityQuery).data
  return (
    <header className="wall-top">
      <p className="wall-title">
        <span>
          {city?.name} {t('shell:title')}
        </span>
        <span className="wall-quiet">{t('wall:scene.overview')}</span>
        <ClockStrip asOf={props.asOf} />
        <span className="wall-date figure">{t('shell:asOf', { date: props.table.date })}</span>
      </p>
      <h1 className="wall-line">{firstLine(t, props.overview, props.name)}</h1>
      <ChangeLine date={props.table.date} asOf={props.asOf} />
    </header>
  )
}

/** What the shown day changed; nothing is said until it is known. */
function ChangeLine({ date, asOf }: { date: string; asOf: string | null }) {
  const { t } = useTranslation(['wall', 'comparison', 'project'])
  const changes = useSteady(comparisonOf(dayAfter(date, -1), asOf)).data
  if (!changes) return null
  return (
    <p className="wall-change figure" data-figure="comparison.yesterday">
      {t('wall:changes')}
      {sumText(t, changes) || t('comparison:nothing')}
    </p>
  )
}

/** On a strip of screens there is room to look into the place where most projects are. */
function DensePanel(props: { table: ProjectTable; rows: Uint32Array; asOf: string | null }) {
  const { table, rows } = props
  const { t } = useTranslation(['wall'])
  const place = useMemo(() => densePlace(table, rows), [table, rows])
  if (!place) return null
  return (
    <section className="wall-panel wall-dense">
      <h2>{t('wall:dense.title', { projects: count(place.projects) })}</h2>
      <Recover>
        <WallMap {...props} bounds={place.bounds} />
      </Recover>
    </section>
  )
}

function Season({ table, asOf }: { table: ProjectTable; asOf: string | null }) {
  const curve = useSteady(curveOn(asOf))
  if (curve.data) return <SeasonPanel curve={curve.data} date={table.date} />
  return curve.error ? <ScreenError error={curve.error} /> : <ScreenLoading />
}

/** Where the data comes from, what hollow means, and the map's approval number. */
function Foot({ overview }: { overview: Overview }) {
  const { t } = useTranslation(['wall', 'project'])
  const city = useQuery(cityQuery).data
  const sources = overview.provenance.map(({ name, projects }) =>
    t('wall:foot.part', { name: t(`project:provenance.${name}`), projects }),
  )
  return (
    <footer className="wall-foot">
      {sources.length > 0 && (
        <span>{t('wall:foot.source', { parts: sources.join(t('wall:foot.join')) })}</span>
      )}
      <span>{t('wall:foot.position')}</span>
      <span>
        {t('wall:foot.approval', { number: city?.mapApproval ?? t('wall:foot.pending') })}
      </span>
    </footer>
  )
}
