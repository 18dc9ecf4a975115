import type { MilestonePlan, PlanChange, PlanStep } from 'api/milestone/plan/contract'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, parseResponse } from '../shell/api.ts'
import { FormFailure } from '../shell/form-parts.tsx'
import { useSave } from '../shell/save.ts'
import { PlanTable } from './plan-table.tsx'

interface Edits {
  limits: Record<string, string>
  days: Record<string, string>
}

/**
 * Limits and days of a draft as typed; saving lets the network move what follows. An emptied day is
 * the network's again. Handed in as it is saved.
 */
export function PlanEditor({ plan }: { plan: MilestonePlan }) {
  const { t } = useTranslation(['milestone', 'panel'])
  const [edits, setEdits] = useState<Edits>({ limits: {}, days: {} })
  const param = { id: String(plan.id) }
  const change = useSave(
    plan.projectId,
    [],
    (json: PlanChange) => parseResponse(api.milestone.plan[':id'].$put({ param, json })),
    () => setEdits({ limits: {}, days: {} }),
  )
  const submit = useSave(
    plan.projectId,
    [],
    (json: { seen: number }) =>
      parseResponse(api.milestone.plan[':id'].submission.$post({ param, json })),
    () => {},
  )
  const steps = changesOf(plan, edits)
  const isChanged = steps.length > 0 || plan.state === 'refused'
  const save = (event: FormEvent<HTMLFormElement>) =>
    change.submit(event, () => ({ seen: plan.edition, steps }))
  return (
    <>
      <form onSubmit={save} noValidate>
        <PlanTable
          plan={plan}
          limitOf={(step) => (
            <Input
              step={step}
              type="number"
              label={t('milestone:plan.limitOf', { name: step.name })}
              value={edits.limits[step.code] ?? String(step.limitDays)}
              onText={(text) =>
                setEdits({ ...edits, limits: { ...edits.limits, [step.code]: text } })
              }
            />
          )}
          dayOf={(step) => (
            <Input
              step={step}
              type="date"
              label={t('milestone:plan.onOf', { name: step.name })}
              value={edits.days[step.code] ?? step.plannedOn}
              onText={(text) => setEdits({ ...edits, days: { ...edits.days, [step.code]: text } })}
            />
          )}
        />
        <div className="form-actions plan-actions">
          <button type="submit" className="button" disabled={!isChanged || change.isPending}>
            {t('milestone:plan.save')}
          </button>
          <span className="plan-quiet">{t('milestone:plan.saveHint')}</span>
        </div>
        <FormFailure failure={change.failure} />
      </form>
      <form onSubmit={(event) => submit.submit(event, () => ({ seen: plan.edition }))}>
        <div className="form-actions">
          <button
            type="submit"
            className="button button-primary"
            disabled={isChanged || submit.isPending}
          >
            {t('milestone:plan.submit')}
          </button>
          <span className="plan-quiet">{t('milestone:plan.submitHint')}</span>
        </div>
        <FormFailure failure={submit.failure} />
      </form>
    </>
  )
}

interface InputProps {
  step: PlanStep
  type: 'number' | 'date'
  label: string
  value: string
  onText: (text: string) => void
}

/** What is known already is not planned: it stands as text. */
function Input({ step, type, label, value, onText }: InputProps) {
  if (step.known !== null) return type === 'date' ? step.plannedOn : step.limitDays
  return (
    <input
      className="form-input"
      type={type}
      aria-label={label}
      {...(type === 'number' ? { min: 0, max: 2000, step: 1 } : {})}
      value={value}
      onChange={(event) => onText(event.target.value)}
    />
  )
}

/** What differs from the plan as it is saved. */
function changesOf(plan: MilestonePlan, { limits, days }: Edits): NonNullable<PlanChange['steps']> {
  return plan.steps.flatMap((step) => {
    const [limit, day] = [limits[step.code], days[step.code]]
    const limitDays = limit === undefined || limit === '' ? step.limitDays : Number(limit)
    const isLimit = limitDays !== step.limitDays
    const isDay = day !== undefined && day !== step.plannedOn
    if (!isLimit && !isDay) return []
    return [
      {
        code: step.code,
        ...(isLimit ? { limitDays } : {}),
        ...(isDay ? { plannedOn: day || null } : {}),
      },
    ]
  })
}
