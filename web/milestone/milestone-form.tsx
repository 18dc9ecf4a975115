import type { Milestone, MilestoneInput } from 'api/milestone/contract'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, parseResponse } from '../shell/api.ts'
import { useEdit } from '../shell/edit.ts'
import { useFormFocus } from '../shell/form-focus.ts'
import { FormActions, FormFailure, ReasonField, ResumedNote } from '../shell/form-parts.tsx'
import { useSave } from '../shell/save.ts'
import { TextField } from '../ui/text-field.tsx'

interface MilestoneFormProps {
  project: number
  milestone: Milestone
  onDone: () => void
}

const dates = ['revisedDate', 'forecastDate', 'actualDate'] as const
const fields = [...dates, 'cause'] as const
type Field = (typeof fields)[number]
type Values = Record<Field, string>

/** Changes the dates of one step; only what differs is sent, always with a reason. */
export default function MilestoneForm({ project, milestone, onDone }: MilestoneFormProps) {
  const { t } = useTranslation(['panel'])
  const stored = valuesOf(milestone)
  const edit = useEdit(`milestone-${milestone.id}`, stored)
  const [reason, setReason] = useState('')
  const leave = () => {
    edit.drop()
    onDone()
  }
  const save = useSave(
    project,
    [...fields, 'reason'],
    (json: MilestoneInput) => parseResponse(api.milestone.$put({ json })),
    leave,
  )
  const form = useFormFocus()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    if (edit.isUnseen(event)) return
    const { projectId, kind } = milestone
    save.submit(event, () => ({
      projectId,
      kind,
      ...edit.changed(nullable),
      seen: edit.seen(nullable),
      reason: reason.trim(),
    }))
  }
  const of = (field: Field) => save.of(field) ?? edit.of(field)
  return (
    <form ref={form} className="form" noValidate onSubmit={submit}>
      {edit.isResumed && <ResumedNote />}
      {dates.map((field) => (
        <TextField
          key={field}
          name={field}
          type="date"
          label={t(`panel:field.${field}`)}
          error={of(field)}
          value={edit.values[field]}
          onText={(text) => edit.set(field, text)}
        />
      ))}
      <TextField
        name="cause"
        label={t('panel:field.cause')}
        error={of('cause')}
        maxLength={200}
        value={edit.values.cause}
        onText={(text) => edit.set('cause', text)}
      />
      <ReasonField error={save.of('reason')} value={reason} onText={setReason} wide />
      <FormFailure failure={save.failure} />
      <FormActions isPending={save.isPending} submit={t('panel:save')} onCancel={leave} />
    </form>
  )
}

const valuesOf = (milestone: Milestone): Values =>
  Object.fromEntries(fields.map((field) => [field, milestone[field] ?? ''])) as Values

/** An emptied field is null. */
const nullable = (_: Field, text: string): string | null => text.trim() || null
