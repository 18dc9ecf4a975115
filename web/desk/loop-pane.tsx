import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { AgendaList } from '../agenda/agenda-list.tsx'
import { Ladder } from '../body/ladder.tsx'
import { DispatchList } from '../dispatch/dispatch-list.tsx'
import { DispatchPanel } from '../dispatch/dispatch-panel.tsx'
import { SendForm } from '../dispatch/send-form.tsx'
import { readAsk } from '../hotspot/ask.ts'
import { HotspotPanel } from '../hotspot/hotspot-panel.tsx'
import { useHotspots } from '../hotspot/use-hotspots.ts'
import { InboxList } from '../inbox/inbox-list.tsx'
import { EvidenceList } from '../light/evidence-list.tsx'
import { ApprovalList } from '../milestone/approval-list.tsx'
import { useMay } from '../session/me.ts'
import { Empty, ScreenError } from '../shell/screen-state.tsx'
import type { Opened } from '../shell/url-state.ts'
import type { DeskData } from './desk-data.ts'
import type { Desk } from './desk-state.ts'
import { focusList } from './focus-list.ts'
import { IssuePane } from './issue-pane.tsx'
import { Pane } from './pane.tsx'

/** The rules have a window of their own. */
type LoopOpened = Opened & { view: Exclude<Opened['view'], 'rule'> }

interface LoopPaneProps {
  desk: Desk
  data: DeskData
  opened: LoopOpened
  /** The clock's day. */
  today: string
  /** Closes what stands there without having been asked for. */
  onLeave: () => void
}

/** What closes loops beside the map: the inbox, orders and the coordination ladder, one at a time. */
export default function LoopPane(props: LoopPaneProps) {
  const { t } = useTranslation([
    'agenda',
    'dispatch',
    'hotspot',
    'inbox',
    'issue',
    'milestone',
    'panel',
    'light',
  ])
  const { desk, opened } = props
  // Today's decisions that open by themselves take the keys from nobody.
  const isAskedFor = desk.state.opened !== null
  const frame = useRef<HTMLDivElement>(null)
  // Each view is read from its beginning, and by the keyboard at once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the view is what triggers it
  useEffect(() => {
    frame.current?.closest('aside')?.scrollTo(0, 0)
    if (isAskedFor) frame.current?.focus()
  }, [opened.view, opened.dispatch, opened.issue])
  const close = () => {
    if (desk.state.opened === null) props.onLeave()
    else desk.open(null)
    focusList()
  }
  const title = {
    agenda: t('agenda:title'),
    inbox: t('inbox:title'),
    issue: t('issue:title'),
    raise: t('issue:raise.title'),
    dispatch: t('dispatch:title'),
    approval: t('milestone:approval.title'),
    body: t('dispatch:ladder.title'),
    send: t('dispatch:send.heading'),
    evidence: t('light:evidence.title'),
    hotspot: t('hotspot:title'),
  }[opened.view]
  return (
    <Pane title={title} frame={frame} onClose={close}>
      {desk.state.asOf !== null && <PastNote desk={desk} opened={opened} />}
      <View {...props} />
    </Pane>
  )
}

/** Lists follow the shown day; single things, forms and what waits for the reader are of now, and say so. */
function PastNote({ desk, opened }: Pick<LoopPaneProps, 'desk' | 'opened'>) {
  const { t } = useTranslation(['panel'])
  const { view, issue, dispatch } = opened
  const follows =
    view === 'evidence' ||
    (view === 'issue' && issue === null) ||
    (view === 'dispatch' && dispatch === null)
  const date = desk.state.asOf
  return (
    <p className="loop-past" role="note">
      {follows ? t('panel:pastList', { date }) : t('panel:pastNow', { date })}
    </p>
  )
}

function View({ desk, data, opened, today }: LoopPaneProps) {
  const { view, dispatch, body, box } = opened
  switch (view) {
    case 'agenda':
      return <AgendaList />
    case 'inbox':
      return <InboxList />
    case 'issue':
    case 'raise':
      return <IssuePane desk={desk} data={data} opened={opened} />
    case 'approval':
      return <ApprovalList onOpen={(project) => desk.select(project)} />
    case 'body':
      return <Ladder chosen={body} onChoose={(id) => desk.open({ view, body: id })} />
    case 'evidence':
      return (
        <EvidenceList
          asOf={desk.settled}
          units={data.places.unit}
          onOpen={(project) => desk.select(project)}
        />
      )
    case 'send':
      return opened.hotspot === null ? (
        <Send desk={desk} data={data} today={today} />
      ) : (
        <SendAboutHotspot desk={desk} place={opened.hotspot} today={today} />
      )
    case 'hotspot':
      return <Hotspot desk={desk} data={data} chosen={opened.hotspot} />
    case 'dispatch':
      return dispatch === null ? (
        <DispatchList
          box={box}
          asOf={desk.settled}
          today={today}
          onBox={(next) => desk.open({ view, box: next })}
          onOpen={(id) => desk.open({ view, box, dispatch: id })}
        />
      ) : (
        <DispatchPanel
          id={dispatch}
          onBack={() => desk.open({ view, box })}
          onProject={(project) => desk.select(project)}
        />
      )
  }
}

/** About the selected project, else about what the filter leaves. */
function Send({ desk, data, today }: Omit<LoopPaneProps, 'opened' | 'onLeave'>) {
  const { t } = useTranslation(['shell'])
  const { table, ordered } = data
  const { project } = desk.state
  if (!table) return <p role="status">{t('shell:state.loading')}</p>
  const found = Array.from(ordered, (row) => table.id[row] ?? 0).sort((a, b) => a - b)
  const projects = project === null ? found : [project]
  return (
    <SendForm
      key={projects.join()}
      projects={projects}
      origin={project === null ? 'filter' : 'selection'}
      today={today}
      onSent={(id) => desk.open({ view: 'dispatch', box: 'sent', dispatch: id })}
      onCancel={() => desk.open(null)}
    />
  )
}

function Hotspot({
  desk,
  data,
  chosen,
}: Pick<LoopPaneProps, 'desk' | 'data'> & { chosen: string | null }) {
  const may = useMay()
  const ask = useMemo(() => readAsk(desk.state.ask), [desk.state.ask])
  const asOf = desk.settled
  // Of a past day nothing is ordered any more.
  const canOrder = may('dispatch:send') && asOf === null
  return (
    <HotspotPanel
      ask={ask}
      asOf={asOf}
      table={data.table}
      chosen={chosen}
      onAsk={desk.ask}
      onChoose={(hotspot) => desk.open({ view: 'hotspot', hotspot })}
      onProject={desk.select}
      onOrder={canOrder ? ({ id }) => desk.open({ view: 'send', hotspot: id }) : null}
    />
  )
}

/** About the late projects of a hotspot. */
function SendAboutHotspot(props: { desk: Desk; place: string; today: string }) {
  const { t } = useTranslation(['hotspot', 'shell'])
  const { desk, place, today } = props
  const { view, error, retry } = useHotspots(readAsk(desk.state.ask), null, true)
  if (error) return <ScreenError error={error} reset={retry} />
  if (!view?.places) return <p role="status">{t('shell:state.loading')}</p>
  const projects = view.places.find(({ id }) => id === place)?.lateIds ?? []
  if (projects.length === 0) return <Empty title={t('hotspot:gone')} hint={t('hotspot:goneHint')} />
  return (
    <SendForm
      key={projects.join()}
      projects={projects}
      origin="hotspot"
      today={today}
      onSent={(id) => desk.open({ view: 'dispatch', box: 'sent', dispatch: id })}
      onCancel={() => desk.open({ view: 'hotspot', hotspot: place })}
    />
  )
}
