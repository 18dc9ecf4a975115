import { type UseQueryOptions, useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import type { LightForm } from 'api/light/contract'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { cityQuery } from '../city/queries.ts'
import { curveQuery } from '../investment/queries.ts'
import { mapSnapshot } from '../project/queries.ts'
import { buildTable, type ProjectTable, showing } from '../project/table.ts'
import { ClockStrip } from '../shell/clock-strip.tsx'
import { ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import type { DeskSearch } from '../shell/url-state.ts'
import { useMedia } from '../ui/media.ts'
import { count } from '../ui/number.ts'
import { unitList } from '../unit/queries.ts'
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
export function OverviewScene() {
  const snapshot = useSteady(mapSnapshot(null))
  const units = useSteady(unitList)
  const form = useForm()
  const table = useMemo(
    () => (snapshot.data ? showing(buildTable(snapshot.data), { part: 'overall', form }) : null),
    [snapshot.data, form],
  )
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
        <WallMap table={table} rows={rows} isUnderPanels />
      </Recover>
      <Top table={table} overview={overview} name={(id) => names.get(id)?.name ?? ''} />
      <Panel name="headline">
        <HeadlinePanel overview={overview} />
        <LightsPanel overview={overview} />
      </Panel>
      <Panel name="unit">
        <UnitPanel overview={overview} name={(id) => names.get(id)?.shortName ?? ''} />
      </Panel>
      <Panel name="season">
        <Season table={table} />
      </Panel>
      {isStrip && <DensePanel table={table} rows={rows} />}
      <Foot overview={overview} />
    </div>
  )
}

/** Against which plan the lights are shown, as the address says. */
function useForm(): LightForm {
  const { form } = useSearch({ strict: false }) as DeskSearch
  return form === 'original' ? form : 'revised'
}

function Panel({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className={`wall-panel wall-panel-${name}`}>
      <Recover>{children}</Recover>
    </section>
  )
}

function Top(props: { table: ProjectTable; overview: Overview; name: (id: number) => string }) {
  const { t } = useTranslation(['wall', 'shell'])
  const city = useQuery(cityQuery).data
  return (
    <header className="wall-top">
      <p className="wall-title">
        <span>
          {city?.name} {t('shell:title')}
        </span>
        <span className="wall-quiet">{t('wall:scene.overview')}</span>
        <ClockStrip />
        <span className="wall-date figure">{t('shell:asOf', { date: props.table.date })}</span>
      </p>
      <h1 className="wall-line">{firstLine(t, props.overview, props.name)}</h1>
    </header>
  )
}

/** On a strip of screens there is room to look into the place where most projects are. */
function DensePanel({ table, rows }: { table: ProjectTable; rows: Uint32Array }) {
  const { t } = useTranslation(['wall'])
  const place = useMemo(() => densePlace(table, rows), [table, rows])
  if (!place) return null
  return (
    <section className="wall-panel wall-dense">
      <h2>{t('wall:dense.title', { projects: count(place.projects) })}</h2>
      <Recover>
        <WallMap table={table} rows={rows} bounds={place.bounds} />
      </Recover>
    </section>
  )
}

function Season({ table }: { table: ProjectTable }) {
  const curve = useSteady(curveQuery)
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
