import type { Milestone } from 'api/milestone/contract'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { actorHeader } from '../shell/actor.ts'
import { api, parseResponse } from '../shell/api.ts'
import { FormActions, FormFailure, ReasonField } from '../shell/form-parts.tsx'
import { useSave } from '../shell/save.ts'
import { TextField } from '../ui/text-field.tsx'

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
    save.run(inputOf(milestone, values, cause, reason))
  }
  return (
    <form className="form" onSubmit={submit}>
      {dates.map((field) => (
        <TextField
          key={field}
          type="date"
          label={t(`panel:field.${field}`)}
          error={save.of(field)}
          value={values[field]}
          onText={(text) => setValues({ ...values, [field]: text })}
        />
      ))}
      <TextField
        label={t('panel:field.cause')}
        error={save.of('cause')}
        maxLength={200}
        value={cause}
        onText={setCause}
      />
      <ReasonField error={save.of('reason')} value={reason} onText={setReason} wide />
      <FormFailure failure={save.failure} />
      <FormActions isPending={save.isPending} submit={t('panel:save')} onCancel={onDone} />
    </form>
  )
}

/** What differs from the milestone as it stands; an emptied date is null. */
function inputOf(
  milestone: Milestone,
  values: Record<DateField, string>,
  cause: string,
  reason: string,
): Input {
  const input: Input = { reason: reason.trim() }
  for (const field of dates) {
    const next = values[field] === '' ? null : values[field]
    if (next !== milestone[field]) input[field] = next
  }
  if (cause.trim() !== (milestone.cause ?? '')) input.cause = cause.trim() || null
  return input
}
