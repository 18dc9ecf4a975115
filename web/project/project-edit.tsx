import type { ProjectDetail, ProjectPatch } from 'api/project/contract'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, parseResponse } from '../shell/api.ts'
import { useEdit } from '../shell/edit.ts'
import { useFormFocus } from '../shell/form-focus.ts'
import { FormActions, FormFailure, ReasonField, ResumedNote } from '../shell/form-parts.tsx'
import { useSave } from '../shell/save.ts'
import { TextField } from '../ui/text-field.tsx'

const texts = [
  'name',
  'industry',
  'addressText',
  'ownerEnterprise',
  'leadDepartment',
  'contactLeader',
  'serviceOfficer',
  'servicePhone',
  'note',
] as const
const amounts = ['totalWan', 'areaMu'] as const
type Field = (typeof texts)[number] | (typeof amounts)[number]
type Values = Record<Field, string>
const fields: readonly Field[] = ['name', ...amounts, ...texts.filter((field) => field !== 'name')]

/** Changes a project's own facts; only what differs is sent, always with a reason. */
export default function ProjectEdit(props: { detail: ProjectDetail; onDone: () => void }) {
  const { t } = useTranslation(['panel'])
  const { detail, onDone } = props
  const edit = useEdit(`project-${detail.id}`, valuesOf(detail))
  const [reason, setReason] = useState('')
  const leave = () => {
    edit.drop()
    onDone()
  }
  const save = useSave(
    detail.id,
    [...fields, 'reason'],
    (json: ProjectPatch) =>
      parseResponse(api.project[':id'].$patch({ param: { id: String(detail.id) }, json })),
    leave,
  )
  const form = useFormFocus()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    if (edit.isUnseen(event)) return
    save.submit(event, () => ({
      ...(edit.changed(wireValue) as Partial<ProjectPatch>),
      seen: edit.seen(wireValue) as ProjectPatch['seen'],
      reason: reason.trim(),
    }))
  }
  return (
    <form ref={form} className="form" noValidate onSubmit={submit}>
      {edit.isResumed && <ResumedNote />}
      <Facts
        values={edit.values}
        of={(field) => save.of(field) ?? edit.of(field)}
        onText={edit.set}
      />
      <ReasonField wide error={save.of('reason')} value={reason} onText={setReason} />
      <FormFailure failure={save.failure} />
      <FormActions isPending={save.isPending} submit={t('panel:save')} onCancel={leave} />
    </form>
  )
}

function Facts(props: {
  values: Values
  of: (field: Field) => string | undefined
  onText: (field: Field, text: string) => void
}) {
  const { t } = useTranslation(['panel', 'shell'])
  const { values } = props
  const units: Partial<Record<Field, string>> = {
    totalWan: t('shell:unit.wan'),
    areaMu: t('shell:unit.mu'),
  }
  const wide: readonly Field[] = ['name', 'addressText', 'note']
  return fields.map((field) => (
    <TextField
      key={field}
      name={field}
      label={t(`panel:field.${field}`)}
      error={props.of(field)}
      wide={wide.includes(field)}
      area={field === 'note'}
      required={field === 'name'}
      {...(units[field] === undefined
        ? { inputMode: field === 'servicePhone' ? 'tel' : 'text' }
        : { unit: units[field], type: 'number', min: 0, step: '0.01' })}
      value={values[field]}
      onText={(text) => props.onText(field, text)}
    />
  ))
}

function valuesOf(detail: ProjectDetail): Values {
  return Object.fromEntries(fields.map((field) => [field, String(detail[field] ?? '')])) as Values
}

/** As the server takes it: an emptied field is null, amounts are numbers. */
function wireValue(field: Field, typed: string): string | number | null {
  const text = typed.trim()
  const isAmount = amounts.some((amount) => amount === field)
  return text === '' ? null : isAmount ? Number(text) : text
}
