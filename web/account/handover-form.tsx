import type { Account, Handover, HandoverResult } from 'api/account/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, parseResponse } from '../shell/api.ts'
import { useFormFocus } from '../shell/form-focus.ts'
import { FormActions, FormFailure, ReasonField } from '../shell/form-parts.tsx'
import { PersonChoice } from './person-choice.tsx'
import { useSendAccount } from './send-account.ts'

interface HandoverFormProps {
  account: Account
  rows: Account[]
  onDone: () => void
}

/** Everything that a person answers for goes to a colleague in one step; then it is told what did. */
export function HandoverForm({ account, rows, onDone }: HandoverFormProps) {
  const { t } = useTranslation(['account'])
  const [to, setTo] = useState('')
  const [reason, setReason] = useState('')
  const [result, setResult] = useState<HandoverResult | null>(null)
  const param = { id: String(account.id) }
  const send = useSendAccount(
    ['toPersonId', 'reason'],
    (json: Handover) => parseResponse(api.account[':id'].handover.$post({ param, json })),
    setResult,
  )
  const form = useFormFocus()
  const name = rows.find(({ id }) => String(id) === to)?.name ?? ''
  if (result !== null) return <Moved result={result} name={name} onDone={onDone} />
  return (
    <form
      ref={form}
      className="form"
      noValidate
      onSubmit={(event) =>
        send.submit(event, () => ({ toPersonId: Number(to), reason: reason.trim() }))
      }
    >
      <p className="form-note">{t('account:handover.effect', { name: account.name })}</p>
      <PersonChoice
        name="toPersonId"
        label={t('account:handover.to')}
        error={send.of('toPersonId')}
        rows={rows}
        but={account.id}
        value={to}
        onChoose={setTo}
      />
      <ReasonField error={send.of('reason')} value={reason} onText={setReason} />
      <FormFailure failure={send.failure} />
      <FormActions
        isPending={send.isPending}
        submit={t('account:handover.submit')}
        onCancel={onDone}
      />
    </form>
  )
}

function Moved(props: { result: HandoverResult; name: string; onDone: () => void }) {
  const { t } = useTranslation(['account', 'session'])
  const moved = props.result.moved.filter(({ count }) => count > 0)
  return (
    <div className="account-once" role="status">
      <p>{t('account:handover.done', { name: props.name })}</p>
      {moved.length === 0 ? (
        <p>{t('account:handover.nothing')}</p>
      ) : (
        <ul>
          {moved.map(({ noun, name, count }) => (
            <li key={noun}>
              {name} <span className="figure">{count}</span>
            </li>
          ))}
        </ul>
      )}
      <button type="button" className="button" onClick={props.onDone}>
        {t('session:close')}
      </button>
    </div>
  )
}
