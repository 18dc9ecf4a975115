import { useQuery } from '@tanstack/react-query'
import type { Milestone, RevisionInput } from 'api/milestone/contract'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, parseResponse } from '../shell/api.ts'
import { useFormFocus } from '../shell/form-focus.ts'
import { FormActions, FormFailure } from '../shell/form-parts.tsx'
import { useSave } from '../shell/save.ts'
import { dateAs, daysBetween } from '../ui/date.ts'
import { FormField } from '../ui/form-field.tsx'
import { TextField } from '../ui/text-field.tsx'
import { uuid } from '../ui/uuid.ts'
import { plannedDate } from './lateness.ts'
import { causes } from './queries.ts'

interface RevisionFormProps {
  milestone: Milestone
  onDone: () => void
}

/** Proposes another planned date: both dates stand side by side, the cause comes from the city's list. */
export default function RevisionForm({ milestone, onDone }: RevisionFormProps) {
  const { t, i18n } = useTranslation(['milestone', 'panel'])
  // The same until it is received: pressing again after a lost answer proposes nothing twice.
  const [key] = useState(uuid)
  const [values, setValues] = useState({ toDate: '', causeCode: '', text: '' })
  const known = (useQuery(causes).data?.rows ?? []).filter(({ active }) => active)
  const seen = plannedDate(milestone) ?? ''
  const save = useSave(
    milestone.projectId,
    ['toDate', 'causeCode', 'text'],
    (json: RevisionInput) =>
      parseResponse(
        api.milestone[':id'].revision.$post({ param: { id: String(milestone.id) }, json }),
      ),
    onDone,
  )
  const form = useFormFocus()
  const set = (field: keyof typeof values) => (text: string) =>
    setValues({ ...values, [field]: text })
  const submit = (event: FormEvent<HTMLFormElement>) =>
    save.submit(event, () => ({ key, seen, ...values, text: values.text.trim() }))
  const { originalDate, originalPrecision, revisedDate } = milestone
  return (
    <form ref={form} className="form" noValidate onSubmit={submit}>
      <p className="form-note">
        {t('milestone:form.plan', {
          original: dateAs(originalDate, originalPrecision, i18n.language),
          now: revisedDate ?? dateAs(originalDate, originalPrecision, i18n.language),
        })}
      </p>
      <TextField
        name="toDate"
        type="date"
        required
        label={t('milestone:form.toDate')}
        error={save.of('toDate')}
        hint={
          values.toDate
            ? t('milestone:form.moves', {
                days: signed(daysBetween(seen, values.toDate)),
                slip: signed(daysBetween(originalDate ?? seen, values.toDate)),
              })
            : t('milestone:form.stays')
        }
        value={values.toDate}
        onText={set('toDate')}
      />
      <FormField label={t('milestone:form.cause')} error={save.of('causeCode')}>
        {(ids) => (
          <select
            {...ids}
            className="form-input"
            name="causeCode"
            required
            value={values.causeCode}
            onChange={(event) => set('causeCode')(event.target.value)}
          >
            <option value="">{t('milestone:form.choose')}</option>
            {known.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <TextField
        name="text"
        label={t('milestone:form.text')}
        hint={t('milestone:form.textHint')}
        error={save.of('text')}
        wide
        area
        required
        maxLength={1000}
        value={values.text}
        onText={set('text')}
      />
      <FormFailure failure={save.failure} />
      <FormActions
        isPending={save.isPending}
        submit={t('milestone:form.propose')}
        onCancel={onDone}
      />
    </form>
  )
}

/** Days with their sign, +183 or −12. */
export const signed = (days: number): string =>
  days > 0 ? `+${days}` : days < 0 ? `−${-days}` : '0'
