import type { IssueStep } from 'api/issue/contract'
import { useTranslation } from 'react-i18next'
import { instantText } from '../ui/date.ts'

/** What was done, in order; each step says whose the ball is from there on. */
export function IssueSteps({ steps }: { steps: readonly IssueStep[] }) {
  const { t } = useTranslation(['issue'])
  return (
    <section className="issue-past" data-record="issue" aria-label={t('issue:past')}>
      <h4>{t('issue:past')}</h4>
      <ol>
        {steps.map((step, index) => (
          <li key={step.id}>
            <Step step={step} before={steps[index - 1] ?? null} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Step({ step, before }: { step: IssueStep; before: IssueStep | null }) {
  const { t } = useTranslation(['issue'])
  const nameOf = ({ holder, holderName }: IssueStep) => holderName ?? t(`issue:holder.${holder}`)
  const passes = before === null || nameOf(before) !== nameOf(step)
  return (
    <>
      <p className="issue-step-head">
        <strong>{t(`issue:action.${step.action}`)}</strong>
        <span>{step.byName}</span>
        <time className="figure" dateTime={step.at}>
          {instantText(step.at)}
        </time>
      </p>
      {step.note && <p className="issue-step-note">{step.note}</p>}
      {step.days !== null && <p>{t('issue:step.days', { count: step.days })}</p>}
      {step.rating !== null && <p>{t(`issue:rating.${step.rating}`)}</p>}
      {step.evidence && <p>{t('issue:step.evidence', { text: step.evidence })}</p>}
      {passes && step.holder !== 'none' && (
        <p className="issue-step-to">{t('issue:step.to', { name: nameOf(step) })}</p>
      )}
    </>
  )
}
