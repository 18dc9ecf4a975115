import { useQueryClient } from '@tanstack/react-query'
import type { PasswordPolicy } from 'api/session/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, parseResponse } from '../shell/api.ts'
import { useFormFocus } from '../shell/form-focus.ts'
import { FormFailure } from '../shell/form-parts.tsx'
import { useSend } from '../shell/send.ts'
import { NewPasswordFields, useNewPassword } from './new-password.tsx'
import { PasswordField } from './password-field.tsx'
import { askSession } from './queries.ts'

interface PasswordChangeProps {
  policy: PasswordPolicy
  onDone: () => void
}

/** Changes the own password; every other session of the person ends with it. */
export function PasswordChange({ policy, onDone }: PasswordChangeProps) {
  const { t } = useTranslation(['session'])
  const client = useQueryClient()
  const typed = useNewPassword()
  const [current, setCurrent] = useState('')
  const [isTried, setTried] = useState(false)
  const send = useSend(
    ['current', 'password'],
    async (json: { current: string; password: string }) => {
      await parseResponse(api.session.password.$post({ json }))
      await askSession(client)
    },
    onDone,
  )
  const form = useFormFocus()
  return (
    <form
      ref={form}
      className="entry-form"
      noValidate
      onSubmit={(event) => {
        setTried(true)
        send.submit(event, () => (typed.isSame ? { current, password: typed.password } : null))
      }}
    >
      <PasswordField
        name="current"
        label={t('session:password.current')}
        autoComplete="current-password"
        error={send.of('current')}
        value={current}
        onText={setCurrent}
      />
      <NewPasswordFields policy={policy} typed={typed} isTold={isTried} of={send.of} />
      <p className="entry-text">{t('session:password.others')}</p>
      <FormFailure failure={send.failure} />
      <button type="submit" className="button button-primary" disabled={send.isPending}>
        {send.isPending ? t('session:password.saving') : t('session:password.change')}
      </button>
    </form>
  )
}
