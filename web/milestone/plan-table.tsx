import type { MilestonePlan, PlanStep } from 'api/milestone/plan/contract'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface PlanTableProps {
  plan: MilestonePlan
  /** Inputs for limit and day, where they can be changed. */
  limitOf?: (step: PlanStep) => ReactNode
  dayOf?: (step: PlanStep) => ReactNode
}

/** The steps of a plan: whose, after what, how long, until when, and which hold the end. */
export function PlanTable({ plan, limitOf, dayOf }: PlanTableProps) {
  const { t } = useTranslation(['milestone'])
  const names = new Map(plan.steps.map(({ code, name }) => [code, name]))
  return (
    <div className="plan-scroll">
      <table className="plan-table">
        <thead>
          <tr>
            <th scope="col">{t('milestone:plan.step')}</th>
            <th scope="col" className="plan-party">
              {t('milestone:plan.party')}
            </th>
            <th scope="col" className="plan-after">
              {t('milestone:plan.after')}
            </th>
            <th scope="col" className="plan-number">
              {t('milestone:plan.limit')}
            </th>
            <th scope="col">{t('milestone:plan.on')}</th>
            <th scope="col" className="plan-number plan-slack">
              {t('milestone:plan.slack')}
            </th>
          </tr>
        </thead>
        <tbody>
          {plan.steps.map((step) => (
            <tr key={step.code} className={step.critical ? 'plan-critical' : undefined}>
              <th scope="row">{step.name}</th>
              <td className="plan-party">
                {step.party === 'unit' || step.party === 'enterprise'
                  ? t(`milestone:party.${step.party}`)
                  : step.party}
              </td>
              <td className="plan-after">
                {step.after.map((code) => names.get(code) ?? code).join('、') || '—'}
              </td>
              <td className="plan-number">{limitOf?.(step) ?? step.limitDays}</td>
              <td className="figure">
                {dayOf?.(step) ?? step.plannedOn}
                <Remark step={step} />
              </td>
              <td className="plan-number plan-slack">
                {step.critical ? t('milestone:critical') : step.slackDays}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Remark({ step }: { step: PlanStep }) {
  const { t } = useTranslation(['milestone'])
  if (step.tooEarly) return <small className="plan-early">{t('milestone:plan.early')}</small>
  if (step.known !== null) return <small>{t(`milestone:plan.known.${step.known}`)}</small>
  if (!step.byHand) return null
  return <small>{t('milestone:plan.byHand', { date: step.proposedOn })}</small>
}
