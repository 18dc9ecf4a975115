import { useQuery } from '@tanstack/react-query'
import type { ProjectDetail } from 'api/project/contract'
import type { Report } from 'api/report/contract'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DispatchLine } from '../dispatch/dispatch-list.tsx'
import { dispatchList } from '../dispatch/queries.ts'
import { FinishForecast } from '../forecast/finish-forecast.tsx'
import { forecastOf } from '../forecast/queries.ts'
import { YearEnd } from '../forecast/year-end.tsx'
import { HolderStrip } from '../holder/holder-strip.tsx'
import { MoneyCurve } from '../investment/money-curve.tsx'
import { ProjectIssues } from '../issue/project-issues.tsx'
import { LightMark } from '../light/light-mark.tsx'
import { MilestoneStrip } from '../milestone/milestone-strip.tsx'
import { PlanSection } from '../milestone/plan-section.tsx'
import { SlipLedger } from '../milestone/slip-ledger.tsx'
import { PhotoStrip } from '../photo/photo-strip.tsx'
import { PanelSection } from '../project/panel-section.tsx'
import { ProjectPanel } from '../project/project-panel.tsx'
import { projectDetail } from '../project/queries.ts'
import { lightOf, stageOf } from '../project/table.ts'
import { missingMonths } from '../report/months.ts'
import { ReportList } from '../report/report-list.tsx'
import { useMay } from '../session/me.ts'
import { readFailure } from '../shell/api.ts'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { wan } from '../ui/number.ts'
import type { DeskData } from './desk-data.ts'
import type { Desk } from './desk-state.ts'
import { focusList } from './focus-list.ts'

const ReportForm = lazy(() => import('../report/report-form.tsx'))

interface DrawerProps {
  desk: Desk
  data: DeskData
  /** The clock's day; null while it is not known. */
  today: string | null
}

/** The selected project beside the map: the panel of its facts with what other nouns know of it. */
export default function ProjectDrawer({ desk, data, today }: DrawerProps) {
  const { t } = useTranslation(['panel', 'desk', 'shell'])
  const { project } = desk.state
  const asOf = desk.settled
  const detail = useQuery({ ...projectDetail(project ?? 0, asOf), enabled: project !== null })
  const frame = useRef<HTMLDivElement>(null)
  // A new project is read from its beginning.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the project is what triggers it
  useEffect(() => {
    frame.current?.closest('aside')?.scrollTo(0, 0)
  }, [project])
  const close = () => {
    desk.select(null)
    focusList()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from anywhere inside
    <div
      ref={frame}
      className="drawer"
      onKeyDown={(event) => {
        // A form half filled in is left by its own button.
        if (event.key === 'Escape' && !(event.target as Element).closest('form')) close()
      }}
    >
      <button
        type="button"
        className="button button-quiet button-icon drawer-close"
        onClick={close}
      >
        <span className="visually-hidden">{t('panel:close')}</span>
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d="M3.5 3.5l9 9M12.5 3.5l-9 9" stroke="currentcolor" strokeWidth="1.5" />
        </svg>
      </button>
      {desk.state.asOf !== asOf && <PassingDay desk={desk} data={data} />}
      {detail.data ? (
        <Loaded key={detail.data.id} detail={detail.data} desk={desk} data={data} today={today} />
      ) : asOf !== null && readFailure(detail.error).code === 'PROJECT_NOT_FOUND' ? (
        <Empty title={t('panel:unknownThen')} hint={t('panel:unknownThenHint', { date: asOf })} />
      ) : detail.error ? (
        <ScreenError error={detail.error} reset={() => void detail.refetch()} />
      ) : detail.isPaused ? (
        // It is asked again by itself as soon as there is a network.
        <Empty title={t('shell:state.network')} />
      ) : (
        <ScreenLoading />
      )}
    </div>
  )
}

/** What the map knows of the project on a day that passes by; the rest follows where time comes to rest. */
function PassingDay({ desk, data }: { desk: Desk; data: DeskData }) {
  const { t } = useTranslation(['panel', 'project', 'shell'])
  const { table } = data
  const row = table?.rowOf.get(desk.state.project ?? 0)
  if (!table || row === undefined) {
    return <p className="drawer-passing">{t('panel:unknownThen')}</p>
  }
  const light = lightOf(table, row)
  return (
    <p className="drawer-passing" data-record="project">
      <span className="figure">{table.date}</span>
      <LightMark light={light} />
      {t(`project:light.${light}`)} · {t(`project:stage.${stageOf(table, row)}`)} ·{' '}
      {t('panel:passing', { done: wan(table.doneWan[row]), planned: wan(table.plannedWan[row]) })}
      <span className="drawer-passing-rest">{t('panel:passingRest')}</span>
    </p>
  )
}

function Loaded(props: DrawerProps & { detail: ProjectDetail }) {
  const { t } = useTranslation(['panel', 'milestone', 'photo'])
  const { detail, desk, data, today } = props
  const asOf = desk.settled
  const date = asOf ?? today ?? data.table?.date ?? ''
  const year = detail.plan?.year ?? data.table?.year ?? Number(date.slice(0, 4))
  const editable = asOf === null
  const may = useMay()
  const forecast = useQuery(forecastOf(detail.id, asOf)).data
  return (
    <ProjectPanel detail={detail} places={data.places} asOf={asOf} onOpen={desk.select}>
      <PanelSection title={t('panel:milestone.title')}>
        {editable && <PlanSection project={detail.id} category={detail.category} />}
        <MilestoneStrip
          project={detail.id}
          milestones={detail.milestones}
          date={date}
          editable={editable && may('milestone:write')}
        />
        {forecast && <FinishForecast forecast={forecast} />}
        <SlipLedger project={detail.id} asOf={asOf} />
      </PanelSection>
      <PanelSection title={t('milestone:holder.title')}>
        <HolderStrip project={detail.id} asOf={asOf} />
      </PanelSection>
      <PanelSection title={t('panel:money.title', { year })}>
        <MoneyCurve
          rows={detail.investment}
          year={year}
          annualWan={detail.plan?.annualWan ?? null}
          forecast={forecast?.year === year ? forecast.months : undefined}
        >
          {forecast && <YearEnd forecast={forecast} />}
        </MoneyCurve>
      </PanelSection>
      <Reports detail={detail} today={editable ? today : null} />
      <Issues project={detail.id} desk={desk} asOf={asOf} />
      <PanelSection title={t('photo:title')}>
        <PhotoStrip
          of={{ noun: 'project', rowId: detail.id }}
          asOf={asOf}
          editable={editable && may('photo:send')}
        />
      </PanelSection>
      <Orders project={detail.id} desk={desk} asOf={asOf} today={today} />
    </ProjectPanel>
  )
}

/** What holds the project back, and the way to say so. */
function Issues(props: { project: number; desk: Desk; asOf: string | null }) {
  const { t } = useTranslation(['issue', 'panel'])
  const { project, desk, asOf } = props
  const editable = asOf === null
  const may = useMay()
  return (
    <PanelSection
      title={t('issue:ofProject')}
      action={
        may('issue:raise') && (
          <button
            type="button"
            className="button button-small"
            disabled={!editable}
            title={editable ? undefined : t('panel:pastDay')}
            onClick={() => desk.open({ view: 'raise' })}
          >
            {t('issue:raise.open')}
          </button>
        )
      }
    >
      <ProjectIssues
        project={project}
        asOf={asOf}
        onOpen={(issue) => desk.open({ view: 'issue', issue })}
      />
    </PanelSection>
  )
}

/** The orders that name the project, and the way to one more. */
function Orders(props: { project: number; desk: Desk; asOf: string | null; today: string | null }) {
  const { t } = useTranslation(['dispatch', 'panel'])
  const { project, desk, asOf, today } = props
  const may = useMay()
  const orders = useQuery(dispatchList('all', asOf, project)).data?.rows
  return (
    <PanelSection
      title={t('dispatch:ofProject')}
      action={
        may('dispatch:send') && (
          <button
            type="button"
            className="button button-small"
            disabled={asOf !== null || today === null}
            title={asOf === null ? undefined : t('panel:pastDay')}
            onClick={() => desk.sendOrder('project')}
          >
            {t('dispatch:send.open')}
          </button>
        )
      }
    >
      {orders?.length === 0 && <p className="panel-none">{t('dispatch:ofProjectNone')}</p>}
      <ul className="entries">
        {orders?.map((order) => (
          <li key={order.id}>
            <button
              type="button"
              className="entry"
              data-record="dispatch"
              onClick={() => desk.open({ view: 'dispatch', dispatch: order.id })}
            >
              <DispatchLine dispatch={order} today={asOf ?? today ?? ''} />
            </button>
          </li>
        ))}
      </ul>
    </PanelSection>
  )
}

/** `today` null: a past day is shown, in which nothing can be reported. */
function Reports({ detail, today }: { detail: ProjectDetail; today: string | null }) {
  const { t } = useTranslation(['panel'])
  const may = useMay()
  const [state, setState] = useState<'closed' | 'open' | 'sent'>('closed')
  const [month, setMonth] = useState<string | null>(null)
  // As it stands now: somebody else may have corrected it since the form was opened.
  const corrected = detail.reports.find((report) => report.month === month) ?? null
  const complete = today !== null && missingMonths(detail.reports, today).length === 0
  const refused = today === null ? t('panel:pastDay') : complete ? t('panel:report.complete') : null
  const open = (report: Report | null) => {
    setMonth(report?.month ?? null)
    setState('open')
  }
  return (
    <PanelSection
      title={t('panel:report.title')}
      action={
        may('report:file') && (
          <button
            type="button"
            className="button button-small"
            disabled={refused !== null}
            title={refused ?? undefined}
            aria-expanded={state === 'open' && corrected === null}
            onClick={() => open(null)}
          >
            {t('panel:report.new')}
          </button>
        )
      }
    >
      {state === 'sent' && (
        <p className="panel-done" role="status">
          {t('panel:report.received')}
        </p>
      )}
      {state === 'open' && today !== null && (
        <Suspense fallback={<ScreenLoading />}>
          <ReportForm
            key={month ?? 'next'}
            detail={detail}
            today={today}
            corrected={corrected}
            onDone={(sent) => setState(sent ? 'sent' : 'closed')}
          />
        </Suspense>
      )}
      <ReportList reports={detail.reports} onCorrect={today === null ? undefined : open} />
    </PanelSection>
  )
}
