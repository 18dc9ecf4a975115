import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormFocus } from '../shell/form-focus.ts'
import { FormFailure } from '../shell/form-parts.tsx'
import type { Save } from '../shell/send.ts'
import { PasswordField } from './password-field.tsx'

interface PasswordProofProps {
  save: Save<{ password: string }>
  why: string
  submit: string
  isPrimary?: boolean
}

/** The own password once more, before the second factor is set up or taken off. */
export function PasswordProof({ save, why, submit, isPrimary }: PasswordProofProps) {
  const { t } = useTranslation(['session'])
  const [password, setPassword] = useState('')
  const form = useFormFocus()
  return (
    <form
      ref={form}
      className="entry-form"
      noValidate
      onSubmit={(event) => save.submit(event, () => ({ password }))}
    >
      <p className="entry-text">{why}</p>
      <PasswordField
        name="password"
        label={t('session:password.current')}
        autoComplete="current-password"
        error={save.of('password')}
        value={password}
        onText={setPassword}
      />
      <FormFailure failure={save.failure} />
      <button
        type="submit"
        className={isPrimary ? 'button button-primary' : 'button'}
        disabled={save.isPending}
      >
        {submit}
      </button>
    </form>
  )
}
