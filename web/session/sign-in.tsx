import { useQueryClient } from '@tanstack/react-query'
import type { SessionState } from 'api/session/contract'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, parseResponse } from '../shell/api.ts'
import { useFormFocus } from '../shell/form-focus.ts'
import { FormFailure } from '../shell/form-parts.tsx'
import { useSend } from '../shell/send.ts'
import { TextField } from '../ui/text-field.tsx'
import { EntryCard } from './entry-card.tsx'
import { PasswordField } from './password-field.tsx'
import { askSession } from './queries.ts'
import { forgetRefusal, refusedByProvider, wantAddress } from './wanted.ts'

interface SignInProps {
  state: SessionState
  /** Why one has to sign in again; absent on a fresh page. */
  notice?: string
  /** Whoever most likely signs in; another may. */
  login?: string
}

/** Login and password, then the second factor where there is one, or a provider of the city's own. */
export function SignInPage({ state, notice, login = '' }: SignInProps) {
  const { t } = useTranslation(['session', 'shell'])
  const [isCodeNeeded, setCodeNeeded] = useState(false)
  return (
    <EntryCard
      city={state.city}
      title={t(isCodeNeeded ? 'session:code.title' : 'session:signIn.title')}
    >
      {isCodeNeeded ? (
        <CodeForm onBack={() => setCodeNeeded(false)} />
      ) : (
        <>
          {notice && <p className="entry-notice">{notice}</p>}
          <PasswordForm known={login} onCode={() => setCodeNeeded(true)} />
          <Providers providers={state.providers} />
          <p className="entry-foot">{t('session:signIn.forgotten')}</p>
        </>
      )}
    </EntryCard>
  )
}

function PasswordForm({ known, onCode }: { known: string; onCode: () => void }) {
  const { t } = useTranslation(['session'])
  const client = useQueryClient()
  const [login, setLogin] = useState(known)
  const [password, setPassword] = useState('')
  const send = useSend(
    ['login', 'password'],
    async (json: { login: string; password: string }) => {
      const answer = await parseResponse(api.session.$post({ json }))
      if (answer.status === 'signed_in') await askSession(client)
      return answer
    },
    ({ status }) => {
      if (status === 'code_needed') onCode()
    },
  )
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const first = known === '' ? 'login' : 'password'
    form.current?.querySelector<HTMLElement>(`[name=${first}]`)?.focus()
  }, [known])
  return (
    <form
      ref={form}
      className="entry-form"
      noValidate
      onSubmit={(event) => send.submit(event, () => ({ login: login.trim(), password }))}
    >
      <TextField
        name="login"
        label={t('session:signIn.login')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        error={send.of('login')}
        value={login}
        onText={setLogin}
      />
      <PasswordField
        name="password"
        label={t('session:signIn.password')}
        autoComplete="current-password"
        error={send.of('password')}
        value={password}
        onText={setPassword}
      />
      <FormFailure failure={send.failure} />
      <Submit isPending={send.isPending}>{t('session:signIn.submit')}</Submit>
    </form>
  )
}

function CodeForm({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation(['session'])
  const client = useQueryClient()
  const [code, setCode] = useState('')
  const send = useSend(
    ['code'],
    async (json: { code: string }) => {
      await parseResponse(api.session.code.$post({ json }))
      await askSession(client)
    },
    () => {},
  )
  const form = useFormFocus()
  return (
    <form
      ref={form}
      className="entry-form"
      noValidate
      onSubmit={(event) => send.submit(event, () => ({ code: code.trim() }))}
    >
      <TextField
        name="code"
        label={t('session:code.label')}
        hint={t('session:code.hint')}
        error={send.of('code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        autoCapitalize="none"
        required
        maxLength={40}
        value={code}
        onText={setCode}
      />
      <FormFailure failure={send.failure} />
      <Submit isPending={send.isPending}>{t('session:code.submit')}</Submit>
      <button type="button" className="button button-quiet" onClick={onBack}>
        {t('session:code.back')}
      </button>
    </form>
  )
}

function Submit({ isPending, children }: { isPending: boolean; children: ReactNode }) {
  const { t } = useTranslation(['session'])
  return (
    <button type="submit" className="button button-primary" disabled={isPending}>
      {isPending ? t('session:signIn.pending') : children}
    </button>
  )
}

/** Single sign-on, where the city has one; the way back leads to the address that was wanted. */
function Providers({ providers }: Pick<SessionState, 'providers'>) {
  const { t } = useTranslation(['session'])
  const [refused] = useState(refusedByProvider)
  useEffect(forgetRefusal, [])
  if (providers.length === 0) return null
  return (
    <div className="entry-providers">
      <p className="entry-or">{t('session:signIn.or')}</p>
      {refused && (
        <p className="form-failure" role="alert">
          {t(`session:refused.${refused}`)}
        </p>
      )}
      {providers.map(({ id, name }) => (
        <a
          key={id}
          className="button"
          href={`/api/session/oidc/${encodeURIComponent(id)}`}
          onClick={wantAddress}
        >
          {t('session:signIn.provider', { name })}
        </a>
      ))}
    </div>
  )
}
