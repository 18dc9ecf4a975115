import { useQuery } from '@tanstack/react-query'
import type { Account, AccountInput } from 'api/account/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { departmentList } from '../department/queries.ts'
import { api, parseResponse } from '../shell/api.ts'
import { useFormFocus } from '../shell/form-focus.ts'
import { FormActions, FormFailure, ReasonField } from '../shell/form-parts.tsx'
import { FormField } from '../ui/form-field.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useSendAccount } from './send-account.ts'

const texts = ['login', 'name', 'title', 'phone', 'email'] as const
type Values = Record<(typeof texts)[number] | 'departmentId' | 'reason', string>

interface AccountFormProps {
  /** The account that is changed; absent: a new one is made. */
  account?: Account
  /** With the account's id; null when nothing was saved. */
  onDone: (id: number | null) => void
}

/** The facts of an account; rights and the way to sign in follow once it is there. */
export function AccountForm({ account, onDone }: AccountFormProps) {
  const { t } = useTranslation(['account', 'session'])
  const [values, setValues] = useState(() => valuesOf(account))
  const set = (field: keyof Values) => (text: string) =>
    setValues((now) => ({ ...now, [field]: text }))
  const send = useSendAccount([...texts, 'departmentId', 'reason'], write(account), ({ id }) =>
    onDone(id),
  )
  const form = useFormFocus()
  return (
    <form
      ref={form}
      className="account-form form"
      noValidate
      onSubmit={(event) => send.submit(event, () => inputOf(values))}
    >
      <h2 className="form-field-wide">
        {account ? t('account:edit.title') : t('account:new.title')}
      </h2>
      {texts.map((field) => (
        <TextField
          key={field}
          name={field}
          label={t(`account:field.${field}`)}
          {...(field === 'login' ? { hint: t('account:field.loginHint') } : {})}
          error={send.of(field)}
          required={field === 'login' || field === 'name'}
          autoComplete="off"
          inputMode={field === 'phone' ? 'tel' : field === 'email' ? 'email' : 'text'}
          value={values[field]}
          onText={set(field)}
        />
      ))}
      <DepartmentField
        value={values.departmentId}
        error={send.of('departmentId')}
        onChoose={set('departmentId')}
      />
      {account && (
        <ReasonField wide error={send.of('reason')} value={values.reason} onText={set('reason')} />
      )}
      <FormFailure failure={send.failure} />
      <FormActions
        isPending={send.isPending}
        submit={t(account ? 'account:edit.save' : 'account:new.save')}
        onCancel={() => onDone(null)}
      />
    </form>
  )
}

function DepartmentField(props: {
  value: string
  error: string | undefined
  onChoose: (id: string) => void
}) {
  const { t } = useTranslation(['account'])
  const departments = useQuery(departmentList).data?.rows ?? []
  return (
    <FormField label={t('account:field.departmentId')} error={props.error}>
      {(ids) => (
        <select
          {...ids}
          className="form-input"
          name="departmentId"
          value={props.value}
          onChange={(event) => props.onChoose(event.target.value)}
        >
          <option value="">{t('account:field.noDepartment')}</option>
          {departments.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </FormField>
  )
}

function valuesOf(account: Account | undefined): Values {
  return {
    login: account?.login ?? '',
    name: account?.name ?? '',
    title: account?.title ?? '',
    phone: account?.phone ?? '',
    email: account?.email ?? '',
    departmentId: account?.departmentId ? String(account.departmentId) : '',
    reason: '',
  }
}

/** What stands empty is none. */
function inputOf(values: Values) {
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
  return {
    login: values.login.trim(),
    name: values.name.trim(),
    title: orNull(values.title),
    phone: orNull(values.phone),
    email: orNull(values.email),
    departmentId: values.departmentId === '' ? null : Number(values.departmentId),
    reason: values.reason.trim(),
  }
}

const write =
  (account: Account | undefined) =>
  async ({ reason, ...facts }: ReturnType<typeof inputOf>): Promise<{ id: number }> => {
    if (account === undefined) {
      const json: AccountInput = facts
      return parseResponse(api.account.$post({ json }))
    }
    const param = { id: String(account.id) }
    return parseResponse(api.account[':id'].$patch({ param, json: { ...facts, reason } }))
  }
