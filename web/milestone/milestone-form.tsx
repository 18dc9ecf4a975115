import type { Milestone } from 'api/milestone/contract'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { actorHeader } from '../shell/actor.ts'
import { api, parseResponse } from '../shell/api.ts'
import { useSave } from '../shell/save.ts'
import { FormField } from '../ui/form-field.tsx'
import { FormActions, FormFailure } from '../ui/form-parts.tsx'

interface MilestoneFormProps {
  project: number
  milestone: Milestone
  onDone: () => void
}

const dates = ['revisedDate', 'forecastDate', 'actualDate'] as const
type DateField = (typeof dates)[number]
type Input = Partial<Record<DateField, string | null>> & { cause?: string | null; reason: string }

/** Changes the dates of one step; only what differs is sent, always with a reason. */
export default function MilestoneForm({ project, milestone, onDone }: MilestoneFormProps) {
  const { t } = useTranslation(['panel'])
  const [values, setValues] = useState<Record<DateField, string>>({
    revisedDate: milestone.revisedDate ?? '',
    forecastDate: milestone.forecastDate ?? '',
    actualDate: milestone.actualDate ?? '',
  })
  const [cause, setCause] = useState(milestone.cause ?? '')
  const [reason, setReason] = useState('')
  const save = useSave(
    project,
    [...dates, 'cause', 'reason'],
    (input: Input) =>
      parseResponse(
        api.milestone.$put(
          { json: { projectId: project, kind: milestone.kind, ...input } },
          { headers: actorHeader() },
        ),
      ),
    onDone,
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const input: Input = { reason: reason.trim() }
    for (const field of dates) {
      const next = values[field] === '' ? null : values[field]
      if (next !== milestone[field]) input[field] = next
    }
    if (cause.trim() !== (milestone.cause ?? '')) input.cause = cause.trim() || null
    save.run(input)
  }
  return (
    <form className="form" onSubmit={submit}>
      {dates.map((field) => (
        <FormField key={field} label={t(`panel:field.${field}`)} error={save.of(field)}>
          {(ids) => (
            <input
              {...ids}
              type="date"
              className="form-input"
              value={values[field]}
              onChange={(event) => setValues({ ...values, [field]: event.target.value })}
            />
          )}
        </FormField>
      ))}
      <FormField label={t('panel:field.cause')} error={save.of('cause')}>
        {(ids) => (
          <input
            {...ids}
            className="form-input"
            maxLength={200}
            value={cause}
            onChange={(event) => setCause(event.target.value)}
          />
        )}
      </FormField>
      <FormField
        label={t('panel:field.reason')}
        hint={t('panel:reasonHint')}
        error={save.of('reason')}
        wide
      >
        {(ids) => (
          <input
            {...ids}
            className="form-input"
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </FormField>
      <FormFailure failure={save.failure} />
      <FormActions isPending={save.isPending} submit={t('panel:save')} onCancel={onDone} />
    </form>
  )
}
