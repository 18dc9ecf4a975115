import { useQuery } from '@tanstack/react-query'
import type { City } from 'api/city/contract'
import { lazy, Suspense, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AgendaStrip } from '../agenda/agenda-strip.tsx'
import { cityQuery } from '../city/queries.ts'
import { ComparisonStrip } from '../comparison/comparison-strip.tsx'
import type { Theme } from '../map/palette.ts'
import { useMay } from '../session/me.ts'
import { ClockStrip } from '../shell/clock-strip.tsx'
import { ScreenLoading } from '../shell/screen-state.tsx'
import { dayAfter } from '../ui/date.ts'
import { agendaFirst, useAgendaFirst } from './agenda-first.ts'
import { type DeskData, useDeskData } from './desk-data.ts'
import { type Desk as DeskActions, useDesk } from './desk-state.ts'
import { FilterBar } from './filter-bar.tsx'
import { focusList } from './focus-list.ts'
import { Headline } from './headline.tsx'
import { ListColumn } from './list-column.tsx'
import { LoopNav } from './loop-nav.tsx'
import { MapColumn } from './map-column.tsx'
import { SearchBox } from './search-box.tsx'
import { useTheme } from './theme.ts'
import { TopBar } from './top-bar.tsx'
import { YearForecastFigure } from './year-forecast.tsx'
import './desk.css'

const AsOfPicker = lazy(() => import('./as-of-picker.tsx'))
const TimeSlider = lazy(() => import('../replay/time-slider.tsx'))
const RuleDialog = lazy(() => import('../light/rule-dialog.tsx'))
const ComparePane = lazy(() => import('./compare-pane.tsx'))
const LoopPane = lazy(() => import('./loop-pane.tsx'))
const ProjectDrawer = lazy(() => import('./project-drawer.tsx'))
const ImportDialog = lazy(() => import('../import/import-dialog.tsx'))
const ReportQueue = lazy(() => import('../report/report-queue.tsx'))
const NoticeBell = lazy(() => import('../notice/notice-bell.tsx'))
const WithoutRead = lazy(() => import('../session/without-read.tsx'))
const ReportTable = lazy(() => import('../report/report-table.tsx'))

/** The desk, for whoever may see projects; an administrator's desk are the accounts. */
export function Desk() {
  const may = useMay()
  return may('read') ? <DeskScreen /> : <WithoutRead />
}

/** The dispatch office's screen: one filter for figures, list and map; the selected project beside. */
function DeskScreen() {
  const { t } = useTranslation(['desk', 'project', 'shell'])
  const desk = useDesk()
  const [theme, setTheme] = useTheme()
  const [dialog, setDialog] = useState<'import' | 'table' | 'queue' | null>(null)
  const city = useQuery(cityQuery).data
  const [near, setNear] = useState(false)
  const days = { since: city?.knownSince ?? null, today: city?.clock.date ?? null, wanted: near }
  const data = useDeskData(desk, days)
  const { state } = desk
  const [isFirst, leaveFirst] = useAgendaFirst(state)

  return (
    <div
      className="desk"
      data-theme={theme}
      data-panel={
        state.project !== null ||
        (state.opened !== null && state.opened.view !== 'rule') ||
        state.compare !== null ||
        isFirst
      }
    >
      <DeskTop
        desk={desk}
        data={data}
        city={city}
        theme={theme}
        onTheme={setTheme}
        onImport={() => setDialog('import')}
        onTable={() => setDialog('table')}
        onQueue={() => setDialog('queue')}
        isFirst={isFirst}
      />
      <main className="desk-main" aria-busy={data.isChanging}>
        <section className="desk-left" aria-label={t('desk:list.label')}>
          <FilterBar
            table={data.table}
            filter={state.filter}
            units={data.units}
            parks={data.parks}
            onFilter={desk.filter}
            onClear={() => {
              desk.clear()
              focusList()
            }}
          />
          <ListColumn desk={desk} data={data} />
        </section>
        <MapColumn desk={desk} data={data} theme={theme} cityName={city?.name ?? ''} />
        <RightColumn
          desk={desk}
          data={data}
          today={city?.clock.date ?? null}
          since={city?.knownSince ?? null}
          isFirst={isFirst}
          onLeave={leaveFirst}
        />
      </main>
      <Suspense fallback={<div className="time-wait" />}>
        {city && (
          <TimeSlider
            replay={data.replay}
            today={city.clock.date}
            asOf={state.asOf}
            compared={state.compare}
            onNear={() => setNear(true)}
            picker={
              <Suspense fallback={<span className="as-of-wait" />}>
                <AsOfPicker
                  today={city.clock.date}
                  since={city.knownSince ?? city.clock.date}
                  asOf={state.asOf}
                  theme={theme}
                  onAsOf={desk.asOf}
                />
              </Suspense>
            }
            onMove={desk.move}
            onRest={desk.rest}
            onCompare={() =>
              desk.compare(
                state.compare === null ? dayAfter(state.asOf ?? city.clock.date, -1) : null,
              )
            }
          />
        )}
      </Suspense>
      <Suspense fallback={null}>
        {state.opened?.view === 'rule' && city && (
          <RuleDialog
            today={city.clock.date}
            units={data.places.unit}
            onOpen={desk.select}
            onClose={() => desk.open(null)}
          />
        )}
        {dialog === 'import' && <ImportDialog onClose={() => setDialog(null)} />}
        {dialog === 'table' && data.table && (
          <ReportTable date={data.table.date} asOf={desk.settled} onClose={() => setDialog(null)} />
        )}
        {dialog === 'queue' && city && (
          <ReportQueue
            date={city.clock.date}
            onOpen={(project) => {
              setDialog(null)
              desk.select(project)
            }}
            onClose={() => setDialog(null)}
          />
        )}
      </Suspense>
    </div>
  )
}

/**
 * Today's decisions, the inbox, an order or the ladder where one is open, else the selected project, else
 * two days.
 */
function RightColumn(props: {
  desk: DeskActions
  data: DeskData
  today: string | null
  since: string | null
  /** Nothing was asked for: today's decisions stand there until they are closed. */
  isFirst: boolean
  onLeave: () => void
}) {
  const { t } = useTranslation(['desk', 'comparison'])
  const { project, compare } = props.desk.state
  const opened = props.desk.state.opened ?? (props.isFirst ? agendaFirst : null)
  if (opened !== null && opened.view !== 'rule' && props.today !== null) {
    return (
      <aside className="desk-right" aria-label={t('desk:loops')}>
        <Suspense fallback={<ScreenLoading />}>
          <LoopPane {...props} opened={{ ...opened, view: opened.view }} today={props.today} />
        </Suspense>
      </aside>
    )
  }
  if (project === null && compare !== null && props.today !== null) {
    return (
      <aside className="desk-right" aria-label={t('comparison:title')}>
        <Suspense fallback={<ScreenLoading />}>
          <ComparePane
            desk={props.desk}
            from={compare}
            today={props.today}
            since={props.since ?? compare}
          />
        </Suspense>
      </aside>
    )
  }
  if (project === null) return null
  return (
    <aside className="desk-right" aria-label={t('desk:panel')}>
      <Suspense fallback={<ScreenLoading />}>
        <ProjectDrawer {...props} />
      </Suspense>
    </aside>
  )
}

/** Title and search, what time is shown, and the figures of what the filter leaves. */
function DeskTop(props: {
  desk: DeskActions
  data: DeskData
  city: City | undefined
  theme: Theme
  onTheme: (theme: Theme) => void
  onImport: () => void
  onTable: () => void
  onQueue: () => void
  isFirst: boolean
}) {
  const { desk, data, city } = props
  const { state } = desk
  const { table, ordered } = data
  const openFirst = useCallback(() => {
    const id = table?.id[ordered[0] ?? -1]
    if (id !== undefined) desk.select(id)
  }, [table, ordered, desk.select])
  return (
    <div className="desk-top">
      <TopBar
        cityName={city?.name}
        asOf={state.asOf}
        theme={props.theme}
        onTheme={props.onTheme}
        onImport={props.onImport}
        onTable={props.onTable}
        onQueue={props.onQueue}
        loops={<LoopNav opened={state.opened} onOpen={desk.open} />}
        bell={
          <Suspense fallback={<span className="bell-wait" />}>
            <NoticeBell />
          </Suspense>
        }
        search={
          <SearchBox
            text={state.filter.text}
            onText={(text) => desk.filter({ text }, 'typed')}
            onFirst={openFirst}
          />
        }
      />
      <ClockStrip
        asOf={state.asOf}
        onNow={() => {
          desk.asOf(null)
          focusList()
        }}
      />
      <div className="desk-strips">
        {state.opened === null && !props.isFirst && (
          <AgendaStrip onOpen={() => desk.open({ view: 'agenda' })} />
        )}
        {state.asOf === null && table && city && (
          <ComparisonStrip today={city.clock.date} onOpen={desk.compare} />
        )}
      </div>
      {table && data.totals && (
        <Headline
          totals={data.totals}
          date={table.date}
          year={table.year}
          rule={table.rule}
          filter={state.filter}
          onFilter={desk.filter}
          onOpen={(view) => desk.open({ view })}
        >
          <YearForecastFigure filter={state.filter} asOf={state.asOf} />
        </Headline>
      )}
    </div>
  )
}
