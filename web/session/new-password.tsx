import type { PasswordPolicy } from 'api/session/contract'
import type { TFunction } from 'i18next'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PasswordField } from './password-field.tsx'

/** A new password as it is typed, twice. */
export interface NewPassword {
  password: string
  again: string
  set: (patch: Partial<Pick<NewPassword, 'password' | 'again'>>) => void
  isSame: boolean
}

export function useNewPassword(): NewPassword {
  const [typed, setTyped] = useState({ password: '', again: '' })
  return {
    ...typed,
    set: (patch) => setTyped((now) => ({ ...now, ...patch })),
    isSame: typed.password === typed.again,
  }
}

interface NewPasswordFieldsProps {
  policy: PasswordPolicy
  typed: NewPassword
  /** Whether a difference of the two is to be told: not before both were written. */
  isTold: boolean
  of: (field: string) => string | undefined
}

/** The two fields, and what a password has to be: what is met already gets its mark. */
export function NewPasswordFields({ policy, typed, isTold, of }: NewPasswordFieldsProps) {
  const { t } = useTranslation(['session'])
  const id = useId()
  const differ = isTold && !typed.isSame ? t('session:password.differ') : undefined
  return (
    <>
      <PasswordField
        name="password"
        label={t('session:password.new')}
        autoComplete="new-password"
        error={of('password')}
        value={typed.password}
        onText={(password) => typed.set({ password })}
      />
      <ul className="password-rules" id={id} aria-label={t('session:password.rules')}>
        {rulesOf(policy, typed.password, t).map(({ text, isMet }) => (
          <li key={text} data-met={isMet}>
            {text}
          </li>
        ))}
      </ul>
      <PasswordField
        name="again"
        label={t('session:password.again')}
        autoComplete="new-password"
        error={of('again') ?? differ}
        value={typed.again}
        onText={(again) => typed.set({ again })}
      />
    </>
  )
}

interface Rule {
  text: string
  /** Whether what is typed meets it; null: only the server knows. */
  isMet: boolean | null
}

/** The policy in words. */
function rulesOf(policy: PasswordPolicy, password: string, t: TFunction): Rule[] {
  const rules: Rule[] = [
    {
      text: t('session:policy.length', { count: policy.minLength }),
      isMet: password.length >= policy.minLength,
    },
  ]
  const add = (isAsked: boolean, text: string, isMet: boolean | null) => {
    if (isAsked) rules.push({ text, isMet })
  }
  const kinds = policy.minKinds
  add(kinds > 1, t('session:policy.kinds', { count: kinds }), kindsIn(password) >= kinds)
  add(policy.refusesCommon, t('session:policy.common'), null)
  add(policy.noReuse > 0, t('session:policy.reuse', { count: policy.noReuse }), null)
  add(
    policy.rotationDays !== null,
    t('session:policy.rotation', { count: policy.rotationDays ?? 0 }),
    null,
  )
  return rules
}

const kindsIn = (password: string): number =>
  [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u].filter((kind) => kind.test(password))
    .length
