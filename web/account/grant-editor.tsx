import { useQuery } from '@tanstack/react-query'
import type { Account, GrantList } from 'api/account/contract'
import type { RoleGrant } from 'api/person/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cityQuery } from '../city/queries.ts'
import { api, parseResponse } from '../shell/api.ts'
import { FormActions, FormFailure, ReasonField } from '../shell/form-parts.tsx'
import { type EditorRows, useEditorRows } from './editor-rows.ts'
import { GrantFields } from './grant-fields.tsx'
import { beginGrant, type GrantRow, grantsOf, rowOf } from './grant-row.ts'
import { useSendAccount } from './send-account.ts'

/** What a person is, where, and between which days: the whole list is written at once. */
export function GrantEditor({ account, onDone }: { account: Account; onDone: () => void }) {
  const { t } = useTranslation(['account'])
  const rows = useEditorRows<GrantRow>(() => account.grants.map(rowOf))
  const [reason, setReason] = useState('')
  const param = { id: String(account.id) }
  const send = useSendAccount(
    ['reason', ...faultFields(rows)],
    (json: GrantList) => parseResponse(api.account[':id'].grant.$put({ param, json })),
    onDone,
  )
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) =>
        send.submit(event, () => ({ grants: grantsOf(rows.rows), reason: reason.trim() }))
      }
    >
      {rows.rows.map((row, index) => (
        <GrantFields
          key={row.key}
          row={row}
          index={index}
          of={send.of}
          onChange={(patch) => rows.set(row.key, patch)}
          onRemove={() => rows.remove(row.key)}
        />
      ))}
      <AddGrant onAdd={rows.add} />
      <ReasonField wide error={send.of('reason')} value={reason} onText={setReason} />
      <FormFailure failure={send.failure} />
      <FormActions isPending={send.isPending} submit={t('account:grant.save')} onCancel={onDone} />
    </form>
  )
}

const grantFields: (keyof RoleGrant)[] = [
  'role',
  'scope',
  'unitId',
  'parkId',
  'departmentId',
  'validFrom',
  'validTo',
]

/** As the server names them: `grants.0.validTo`. */
const faultFields = ({ rows }: EditorRows<GrantRow>) =>
  rows.flatMap((_, index) => grantFields.map((field) => `grants.${index}.${field}`))

function AddGrant({ onAdd }: { onAdd: (row: GrantRow) => void }) {
  const { t } = useTranslation(['account'])
  const today = useQuery(cityQuery).data?.clock.date ?? ''
  return (
    <div className="form-field-wide">
      <button type="button" className="button" onClick={() => onAdd(beginGrant(today))}>
        {t('account:grant.add')}
      </button>
    </div>
  )
}
