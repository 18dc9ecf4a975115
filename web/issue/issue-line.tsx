import type { Issue } from 'api/issue/contract'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { instantText } from '../ui/date.ts'
import './issue.css'

type Clocked = Pick<Issue, 'dueAt' | 'isOverdue' | 'dueInDays' | 'isPaused'>

/** The clock in words: how long is left, or how long it has been over. */
export function clockText(t: TFunction, { dueAt, isOverdue, dueInDays, isPaused }: Clocked) {
  if (isPaused) return t('issue:clock.paused')
  if (dueAt === null) return null
  const days = Math.abs(dueInDays ?? 0)
  if (isOverdue) {
    return days === 0 ? t('issue:clock.overToday') : t('issue:clock.over', { count: days })
  }
  return days === 0
    ? t('issue:clock.today', { time: instantText(dueAt).slice(11) })
    : t('issue:clock.left', { count: days })
}

type Held = Pick<Issue, 'holder' | 'leadPerson' | 'leadDepartment' | 'leadUnit'>

/** In whose court the ball lies, by name where it is an office's. */
export function holderText(t: TFunction, issue: Held): string | null {
  const { holder, leadPerson, leadDepartment, leadUnit } = issue
  if (holder === 'none') return null
  if (holder !== 'lead') return t(`issue:holder.${holder}`)
  return leadPerson?.name ?? leadDepartment?.name ?? leadUnit?.name ?? t('issue:holder.lead')
}

/** Late is said by word and by shape, not by colour alone. */
export function ClockMark({ issue }: { issue: Clocked }) {
  const { t } = useTranslation(['issue'])
  const text = clockText(t, issue)
  if (text === null) return null
  return (
    <span className={issue.isOverdue ? 'issue-clock issue-late' : 'issue-clock'}>
      {issue.isOverdue && <span aria-hidden="true">▲ </span>}
      {text}
    </span>
  )
}

export function StateBadge({ state }: Pick<Issue, 'state'>) {
  const { t } = useTranslation(['issue'])
  return <span className={`badge issue-state-${state}`}>{t(`issue:state.${state}`)}</span>
}

/** One issue in a line or two: what, where, who holds it, how long yet. */
export function IssueLine({ issue, place = true }: { issue: Issue; place?: boolean }) {
  const { t } = useTranslation(['issue'])
  const { title, severity, state, project, unit, park, enterprise, causeName, ask } = issue
  const where = project?.name ?? enterprise ?? park?.name ?? unit?.name
  const holder = holderText(t, issue)
  return (
    <>
      <span className="issue-line-head">
        <span className="issue-line-title">{title}</span>
        {severity === 'urgent' && (
          <span className="badge issue-urgent">{t('issue:severity.urgent')}</span>
        )}
        {ask !== null && <span className="badge issue-ask">{t(`issue:ask.${ask}`)}</span>}
        <StateBadge state={state} />
      </span>
      <span className="issue-line-note">
        {place && where && <span>{where}</span>}
        {causeName && <span>{causeName}</span>}
        {holder && <span>{t('issue:heldBy', { name: holder })}</span>}
        <ClockMark issue={issue} />
      </span>
    </>
  )
}
