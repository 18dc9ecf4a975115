import type { ProjectDetail, ProjectPatch } from 'api/project/contract'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { actorHeader, actorName, keepActorName } from '../shell/actor.ts'
import { api, parseResponse } from '../shell/api.ts'
import { FormActions, FormFailure, ReasonField } from '../shell/form-parts.tsx'
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
  const [values, setValues] = useState<Values>(() => valuesOf(detail))
  const [reason, setReason] = useState('')
  const [actor, setActor] = useState(actorName)
  const save = useSave(
    detail.id,
    [...fields, 'reason'],
    (json: ProjectPatch) =>
      parseResponse(
        api.project[':id'].$patch(
          { param: { id: String(detail.id) }, json },
          { headers: actorHeader() },
        ),
      ),
    onDone,
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    keepActorName(actor)
    save.run({ ...differences(values, valuesOf(detail)), reason: reason.trim() })
  }
  return (
    <form className="form" onSubmit={submit}>
      <Facts values={values} of={save.of} onValues={setValues} />
      <TextField
        label={t('panel:field.actor')}
        maxLength={60}
        autoComplete="name"
        value={actor}
        onText={setActor}
      />
      <ReasonField error={save.of('reason')} value={reason} onText={setReason} />
      <FormFailure failure={save.failure} />
      <FormActions isPending={save.isPending} submit={t('panel:save')} onCancel={onDone} />
    </form>
  )
}

function Facts(props: {
  values: Values
  of: (field: string) => string | undefined
  onValues: (values: Values) => void
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
      label={t(`panel:field.${field}`)}
      error={props.of(field)}
      wide={wide.includes(field)}
      area={field === 'note'}
      required={field === 'name'}
      {...(units[field] === undefined
        ? { inputMode: field === 'servicePhone' ? 'tel' : 'text' }
        : { unit: units[field], type: 'number', min: 0, step: '0.01' })}
      value={values[field]}
      onText={(text) => props.onValues({ ...values, [field]: text })}
    />
  ))
}

function valuesOf(detail: ProjectDetail): Values {
  return Object.fromEntries(fields.map((field) => [field, String(detail[field] ?? '')])) as Values
}

/** The fields that differ, as the server takes them: an emptied field is null, amounts are numbers. */
function differences(values: Values, before: Values): Omit<ProjectPatch, 'reason'> {
  const changed = fields.filter((field) => values[field].trim() !== before[field])
  return Object.fromEntries(
    changed.map((field) => {
      const text = values[field].trim()
      const isAmount = amounts.some((amount) => amount === field)
      return [field, text === '' ? null : isAmount ? Number(text) : text]
    }),
  )
}
