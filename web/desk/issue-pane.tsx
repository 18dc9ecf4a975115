import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { bodyList } from '../body/queries.ts'
import { departmentList } from '../department/queries.ts'
import { IssueList } from '../issue/issue-list.tsx'
import { IssuePanel } from '../issue/issue-panel.tsx'
import { RaiseForm } from '../issue/raise-form.tsx'
import { projectDetail } from '../project/queries.ts'
import { useMay } from '../session/me.ts'
import type { Opened } from '../shell/url-state.ts'
import type { DeskData } from './desk-data.ts'
import type { Desk } from './desk-state.ts'

interface IssuePaneProps {
  desk: Desk
  data: DeskData
  opened: Opened
}

/** The issues, one of them, or a new one about the selected project. */
export function IssuePane({ desk, data, opened }: IssuePaneProps) {
  const { issue, box } = opened
  const bodies = useQuery(bodyList).data?.rows ?? []
  const departments = useQuery(departmentList).data?.rows ?? []
  const may = useMay()
  const units = data.units.filter(({ reports }) => reports)
  const open = (id: number) => desk.open({ view: 'issue', box, issue: id })
  if (opened.view === 'raise') return <Raise desk={desk} units={units} onOpen={open} />
  if (issue !== null) {
    return (
      <IssuePanel
        id={issue}
        departments={departments}
        units={units}
        bodies={bodies}
        onBack={() => desk.open({ view: 'issue', box })}
        onOpen={open}
        onProject={(project) => desk.select(project)}
      />
    )
  }
  return (
    <IssueList
      box={box === 'mine' ? 'mine' : 'all'}
      onBox={(next) => desk.open({ view: 'issue', box: next })}
      onOpen={open}
      departments={departments}
      asOf={desk.settled}
      onRaise={
        may('issue:raise') && desk.settled === null ? () => desk.open({ view: 'raise' }) : null
      }
    />
  )
}

function Raise(props: {
  desk: Desk
  units: readonly { id: number; name: string }[]
  onOpen: (issue: number) => void
}) {
  const { t } = useTranslation(['shell'])
  const { project } = props.desk.state
  const asOf = props.desk.settled
  const detail = useQuery({ ...projectDetail(project ?? 0, asOf), enabled: project !== null }).data
  if (project !== null && !detail) return <p role="status">{t('shell:state.loading')}</p>
  return (
    <RaiseForm
      project={detail ?? null}
      units={props.units}
      onOpen={props.onOpen}
      onDone={(id) => (id === null ? props.desk.open(null) : props.onOpen(id))}
    />
  )
}
