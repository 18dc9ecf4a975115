import type { SessionState } from 'api/session/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readFailure } from '../shell/api.ts'
import { failureSentence } from '../shell/failure-sentence.ts'
import { EntryCard } from './entry-card.tsx'
import { PasswordChange } from './password-change.tsx'
import { signOut } from './sign-out.ts'
import { TotpSetup } from './totp-setup.tsx'

const nothing = () => {}

/** What has to be done before anything else: a password that has run out, a second factor to set up. */
export default function Duty({ state }: { state: SessionState }) {
  const { t } = useTranslation(['session', 'shell'])
  const isPassword = state.mustChangePassword
  return (
    <EntryCard
      city={state.city}
      title={t(isPassword ? 'session:duty.password' : 'session:duty.totp')}
    >
      <p className="entry-notice">
        {t(isPassword ? 'session:duty.passwordWhy' : 'session:duty.totpWhy')}
      </p>
      {isPassword ? (
        <PasswordChange policy={state.policy} onDone={nothing} />
      ) : (
        <TotpSetup onDone={nothing} />
      )}
      <SignOutButton />
    </EntryCard>
  )
}

function SignOutButton() {
  const { t } = useTranslation(['session', 'shell'])
  const [error, setError] = useState<unknown>(null)
  return (
    <>
      <button
        type="button"
        className="button button-quiet"
        onClick={() => void signOut().catch(setError)}
      >
        {t('session:signOut')}
      </button>
      {error !== null && (
        <p className="form-failure" role="alert">
          {failureSentence(t, readFailure(error))}
        </p>
      )}
    </>
  )
}
