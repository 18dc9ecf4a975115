import { useQuery } from '@tanstack/react-query'
import type { Account, DeputyList } from 'api/account/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cityQuery } from '../city/queries.ts'
import { api, parseResponse } from '../shell/api.ts'
import { FormActions, FormFailure, ReasonField } from '../shell/form-parts.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useEditorRows } from './editor-rows.ts'
import { PersonChoice } from './person-choice.tsx'
import { useSendAccount } from './send-account.ts'

interface DeputyEditorProps {
  account: Account
  rows: Account[]
  onDone: () => void
}

interface DeputyRow {
  person: string
  validFrom: string
  validTo: string
}

/** Who stands in for the person between two days: with the same rights, under the own name. */
export function DeputyEditor({ account, rows: people, onDone }: DeputyEditorProps) {
  const { t } = useTranslation(['account'])
  const today = useQuery(cityQuery).data?.clock.date ?? ''
  const { rows, add, set, remove } = useEditorRows<DeputyRow>(() => rowsOf(account))
  const [reason, setReason] = useState('')
  const param = { id: String(account.id) }
  const fields = rows.flatMap((_, index) =>
    ['personId', 'validFrom', 'validTo'].map((field) => `deputies.${index}.${field}`),
  )
  const send = useSendAccount(
    ['reason', ...fields],
    (json: DeputyList) => parseResponse(api.account[':id'].deputy.$put({ param, json })),
    onDone,
  )
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) =>
        send.submit(event, () => ({ deputies: rows.map(deputyOf), reason: reason.trim() }))
      }
    >
      <p className="form-note">{t('account:deputy.what')}</p>
      {rows.map((row, index) => (
        <fieldset key={row.key} className="account-row-fields">
          <legend className="visually-hidden">
            {t('account:deputy.nth', { count: index + 1 })}
          </legend>
          <PersonChoice
            name={`person-${index}`}
            label={t('account:deputy.person')}
            error={send.of(`person-${index}`) ?? send.of(`deputies.${index}.personId`)}
            rows={people}
            but={account.id}
            value={row.person}
            onChoose={(person) => set(row.key, { person })}
          />
          {(['validFrom', 'validTo'] as const).map((field) => (
            <TextField
              key={field}
              name={`${field}-${index}`}
              label={t(field === 'validFrom' ? 'account:from' : 'account:to')}
              type="date"
              required
              error={send.of(`${field}-${index}`) ?? send.of(`deputies.${index}.${field}`)}
              value={row[field]}
              onText={(text) => set(row.key, { [field]: text })}
            />
          ))}
          <button type="button" className="button account-remove" onClick={() => remove(row.key)}>
            {t('account:remove')}
          </button>
        </fieldset>
      ))}
      <div className="form-field-wide">
        <button
          type="button"
          className="button"
          onClick={() => add({ person: '', validFrom: today, validTo: '' })}
        >
          {t('account:deputy.add')}
        </button>
      </div>
      <ReasonField wide error={send.of('reason')} value={reason} onText={setReason} />
      <FormFailure failure={send.failure} />
      <FormActions isPending={send.isPending} submit={t('account:deputy.save')} onCancel={onDone} />
    </form>
  )
}

const rowsOf = ({ deputies }: Account): DeputyRow[] =>
  deputies.map(({ personId, validFrom, validTo }) => ({
    person: String(personId),
    validFrom,
    validTo,
  }))

const deputyOf = ({ person, validFrom, validTo }: DeputyRow) => ({
  personId: Number(person),
  validFrom,
  validTo,
})
