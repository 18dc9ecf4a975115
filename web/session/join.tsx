import { useQuery } from '@tanstack/react-query'
import type { InvitationOf, SessionState } from 'api/session/contract'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, parseResponse, readFailure } from '../shell/api.ts'
import { FormFailure } from '../shell/form-parts.tsx'
import { ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { useSend } from '../shell/send.ts'
import { instantText } from '../ui/date.ts'
import { EntryCard } from './entry-card.tsx'
import { NewPasswordFields, useNewPassword } from './new-password.tsx'
import { sessionQuery } from './queries.ts'

/** The token stands after #, where no server's log and no Referer sees it. */
const tokenOf = (address: Location): string => address.hash.slice(1)

const lookAt = (token: string) => ({
  queryKey: ['session', 'invitation', token],
  queryFn: () => parseResponse(api.session.invitation.look.$post({ json: { token } })),
  retry: false,
})

/** Where the link of an invitation or of a reset leads: whose it is, and a password for it. */
export function Join() {
  const { t } = useTranslation(['session', 'shell'])
  const [token] = useState(() => tokenOf(location))
  const [isDone, setDone] = useState(false)
  const session = useQuery(sessionQuery)
  const look = useQuery(lookAt(token))
  const city = session.data?.city ?? ''
  const error = session.error ?? look.error
  if (error && readFailure(error).status !== 410) {
    return <ScreenError error={error} reset={() => void look.refetch()} />
  }
  if (error) {
    return (
      <EntryCard city={city} title={t('session:join.invalid')}>
        <p className="entry-text">{t('session:join.askAgain')}</p>
        <SignInLink>{t('session:join.toSignIn')}</SignInLink>
      </EntryCard>
    )
  }
  if (!session.data || !look.data) return <ScreenLoading />
  const isReset = look.data.purpose === 'reset'
  return (
    <EntryCard city={city} title={t(isReset ? 'session:join.reset' : 'session:join.title')}>
      {isDone ? (
        <>
          <p className="entry-text" role="status">
            {t('session:join.done')}
          </p>
          <SignInLink isPrimary>{t('session:join.toSignIn')}</SignInLink>
        </>
      ) : (
        <JoinForm
          token={token}
          whose={look.data}
          state={session.data}
          onDone={() => setDone(true)}
        />
      )}
    </EntryCard>
  )
}

/** Another document: whoever was signed in before in this browser is asked anew. */
function SignInLink({ isPrimary, children }: { isPrimary?: boolean; children: ReactNode }) {
  return (
    <a className={isPrimary ? 'button button-primary' : 'button'} href="/">
      {children}
    </a>
  )
}

interface JoinFormProps {
  token: string
  whose: InvitationOf
  state: SessionState
  onDone: () => void
}

function JoinForm({ token, whose, state, onDone }: JoinFormProps) {
  const { t } = useTranslation(['session'])
  const typed = useNewPassword()
  const [isTried, setTried] = useState(false)
  const send = useSend(
    ['password'],
    (password: string) =>
      parseResponse(api.session.invitation.$post({ json: { token, password } })),
    onDone,
  )
  return (
    <form
      className="entry-form"
      noValidate
      onSubmit={(event) => {
        setTried(true)
        send.submit(event, () => (typed.isSame ? typed.password : null))
      }}
    >
      <p className="entry-text">
        {t('session:join.whose', { name: whose.name, until: instantText(whose.expiresAt) })}
      </p>
      <p className="entry-login">
        <span>{t('session:signIn.login')}</span>
        <strong>{whose.login}</strong>
      </p>
      {/* For the browser's store of passwords, which wants to know whose it is. */}
      <input
        className="visually-hidden"
        type="text"
        autoComplete="username"
        readOnly
        tabIndex={-1}
        aria-hidden="true"
        value={whose.login}
      />
      <NewPasswordFields policy={state.policy} typed={typed} isTold={isTried} of={send.of} />
      <FormFailure failure={send.failure} />
      <button type="submit" className="button button-primary" disabled={send.isPending}>
        {send.isPending ? t('session:password.saving') : t('session:join.submit')}
      </button>
    </form>
  )
}
