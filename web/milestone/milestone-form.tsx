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
  milestone: Milestone
  onDone: () => void
}

const fields = ['forecastDate', 'cause', 'actualDate', 'evidence'] as const
type Field = (typeof fields)[number]
type Values = Record<Field, string>

/** What the owner says of one step: when it is expected, when it was done and by which paper. */
export default function MilestoneForm({ milestone, onDone }: MilestoneFormProps) {
  const { t } = useTranslation(['panel', 'milestone'])
  const stored = valuesOf(milestone)
  const edit = useEdit(`milestone-${milestone.id}`, stored)
  const [reason, setReason] = useState('')
  const leave = () => {
    edit.drop()
    onDone()
  }
  const save = useSave(
    milestone.projectId,
    [...fields, 'reason'],
    (json: MilestoneInput) => parseResponse(api.milestone.$put({ json })),
    leave,
  )
  const form = useFormFocus()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    if (edit.isUnseen(event)) return
    const { projectId, kind, code } = milestone
    save.submit(event, () => ({
      projectId,
      kind,
      code,
      ...edit.changed(nullable),
      seen: edit.seen(nullable),
      reason: reason.trim(),
    }))
  }
  const of = (field: Field) => ({
    name: field,
    error: save.of(field) ?? edit.of(field),
    value: edit.values[field],
    onText: (text: string) => edit.set(field, text),
  })
  return (
    <form ref={form} className="form" noValidate onSubmit={submit}>
      {edit.isResumed && <ResumedNote />}
      <TextField
        {...of('forecastDate')}
        type="date"
        label={t('panel:field.forecastDate')}
        hint={t('milestone:form.forecastHint')}
      />
      <TextField {...of('cause')} label={t('panel:field.cause')} maxLength={200} />
      <TextField {...of('actualDate')} type="date" label={t('panel:field.actualDate')} />
      <TextField
        {...of('evidence')}
        label={t('milestone:form.evidence')}
        hint={t('milestone:form.evidenceHint')}
        maxLength={200}
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
