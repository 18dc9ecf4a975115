import { useQuery } from '@tanstack/react-query'
import type { Revision } from 'api/milestone/contract'
import type { MilestonePlan } from 'api/milestone/plan/contract'
import { useTranslation } from 'react-i18next'
import { Figure } from '../shell/figure.tsx'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { instantText } from '../ui/date.ts'
import { slipFigures, waitingPlans, waitingRevisions } from './queries.ts'
import { RevisionCard } from './revision-card.tsx'
import './approval-list.css'

/** What waits for a decision, the oldest promise first, below the two figures that it must not blur. */
export function ApprovalList({ onOpen }: { onOpen: (project: number) => void }) {
  const { t } = useTranslation(['milestone'])
  const revisions = useQuery(waitingRevisions)
  const plans = useQuery(waitingPlans)
  const error = revisions.error ?? plans.error
  if (error) {
    const reset = () => void Promise.all([revisions.refetch(), plans.refetch()])
    return <ScreenError error={error} reset={reset} />
  }
  if (!revisions.data || !plans.data) return <ScreenLoading />
  const waiting = [...revisions.data.rows].reverse()
  const submitted = [...plans.data.rows].reverse()
  return (
    <div className="approval">
      <Figures />
      {waiting.length + submitted.length === 0 && <Empty title={t('milestone:approval.none')} />}
      {submitted.length > 0 && (
        <>
          <h3>
            <Figure name="milestone.plans" value={submitted.length}>
              {t('milestone:approval.plans', { count: submitted.length })}
            </Figure>
          </h3>
          <ul className="approval-list">
            {submitted.map((plan) => (
              <PlanRow key={plan.id} plan={plan} onOpen={onOpen} />
            ))}
          </ul>
        </>
      )}
      {waiting.length > 0 && (
        <>
          <h3>
            <Figure name="milestone.revisions" value={waiting.length}>
              {t('milestone:approval.revisions', { count: waiting.length })}
            </Figure>
          </h3>
          <ul className="approval-list">
            {waiting.map((revision) => (
              <RevisionRow key={revision.id} revision={revision} onOpen={onOpen} />
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** Late against what was promised first, and against what was approved since. */
function Figures() {
  const { t } = useTranslation(['milestone'])
  const total = useQuery(slipFigures(null)).data?.total
  if (!total) return null
  return (
    <p className="approval-figures">
      <Figure name="milestone.due" value={total.due}>
        {t('milestone:approval.due', { count: total.due })}
      </Figure>
      <Figure name="milestone.original" value={total.lateOriginal}>
        {t('milestone:approval.original', { count: total.lateOriginal })}
      </Figure>
      <Figure name="milestone.revised" value={total.lateRevised}>
        {t('milestone:approval.revised', { count: total.lateRevised })}
      </Figure>
      {t('milestone:approval.note')}
    </p>
  )
}

interface RowProps {
  onOpen: (project: number) => void
}

function PlanRow({ plan, onOpen }: RowProps & { plan: MilestonePlan }) {
  const { t } = useTranslation(['milestone'])
  return (
    <li data-record="milestone">
      <button type="button" className="link-button" onClick={() => onOpen(plan.projectId)}>
        {plan.projectName}
      </button>
      <span className="approval-by">
        {t('milestone:approval.plan', { count: plan.steps.length, template: plan.templateName })} ·{' '}
        {plan.proposer} · {instantText(plan.submittedAt ?? plan.proposedAt)}
      </span>
    </li>
  )
}

function RevisionRow({ revision, onOpen }: RowProps & { revision: Revision }) {
  return (
    <li data-record="milestone">
      <button type="button" className="link-button" onClick={() => onOpen(revision.projectId)}>
        {revision.projectName}
      </button>{' '}
      {revision.milestoneName}
      <RevisionCard revision={revision} editable />
    </li>
  )
}
