import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Me } from 'api/person/contract'
import type { SessionState } from 'api/session/contract'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readFailure } from '../shell/api.ts'
import { failureSentence } from '../shell/failure-sentence.ts'
import { instantText } from '../ui/date.ts'
import { Popover } from '../ui/popover.tsx'
import { useGrantWords } from './grant-words.ts'
import { useMay, useMe } from './me.ts'
import { sessionQuery } from './queries.ts'
import { signOut } from './sign-out.ts'
import './person-menu.css'

const PasswordDialog = lazy(() => import('./password-dialog.tsx'))
const TotpDialog = lazy(() => import('./totp-dialog.tsx'))

/** Who is signed in, as what and where; the own password and second factor; the way out. */
export default function PersonMenu() {
  const { t } = useTranslation(['session'])
  const me = useMe()
  const state = useQuery(sessionQuery).data
  const [dialog, setDialog] = useState<'password' | 'totp' | null>(null)
  if (me === null) return null
  const close = () => setDialog(null)
  return (
    <>
      <div className="person-menu">
        <Popover label={me.name} title={t('session:menu.label')} value={null}>
          {(closeMenu) => (
            <div className="person-panel">
              <Who me={me} />
              {state?.lastSignIn && <LastSignIn at={state.lastSignIn} />}
              <Ways
                me={me}
                state={state}
                onDialog={(next) => {
                  closeMenu()
                  setDialog(next)
                }}
              />
            </div>
          )}
        </Popover>
      </div>
      <Suspense fallback={null}>
        {dialog === 'password' && state && <PasswordDialog policy={state.policy} onClose={close} />}
        {dialog === 'totp' && state && <TotpDialog hasTotp={state.hasTotp} onClose={close} />}
      </Suspense>
    </>
  )
}

function Who({ me }: { me: Me }) {
  const { t } = useTranslation(['session'])
  const words = useGrantWords(me.grants)
  return (
    <div className="person-who">
      <p className="person-name">
        <strong>{me.name}</strong> <span>{me.login}</span>
      </p>
      <ul aria-label={t('session:menu.roles')}>
        {me.grants.map((grant) => (
          <li key={JSON.stringify(grant)}>
            {words.role(grant.role)}
            <span> · {words.scope(grant)}</span>
            {grant.validTo && <span> · {t('session:menu.until', { date: grant.validTo })}</span>}
          </li>
        ))}
      </ul>
      {me.grants.length === 0 && <p>{t('session:menu.noRole')}</p>}
    </div>
  )
}

/** Noticed by whoever did not sign in then. */
function LastSignIn({ at }: { at: NonNullable<SessionState['lastSignIn']> }) {
  const { t } = useTranslation(['session'])
  return (
    <p className="person-last figure" data-record="person">
      {t('session:menu.last', { time: instantText(at.at), address: at.address })}
    </p>
  )
}

interface WaysProps {
  me: Me
  state: SessionState | undefined
  onDialog: (dialog: 'password' | 'totp') => void
}

function Ways({ me, state, onDialog }: WaysProps) {
  const { t } = useTranslation(['session', 'shell'])
  const may = useMay()
  const [error, setError] = useState<unknown>(null)
  const isOwn = me.viewedBy === null && me.kind === 'person'
  return (
    <nav className="person-ways" aria-label={t('session:menu.label')}>
      {may('account:read') && <Link to="/desk/account">{t('session:menu.account')}</Link>}
      {may('device:write') && <Link to="/desk/device">{t('session:menu.device')}</Link>}
      {may('audit:read') && <Link to="/desk/audit">{t('session:menu.audit')}</Link>}
      {isOwn && state?.hasPassword && (
        <>
          <button type="button" onClick={() => onDialog('password')}>
            {t('session:password.title')}
          </button>
          <button type="button" onClick={() => onDialog('totp')}>
            {t('session:totp.title')}
            <span>{t(state.hasTotp ? 'session:totp.on' : 'session:totp.off')}</span>
          </button>
        </>
      )}
      <button type="button" onClick={() => void signOut().catch(setError)}>
        {t('session:signOut')}
      </button>
      {error !== null && (
        <p className="form-failure" role="alert">
          {failureSentence(t, readFailure(error))}
        </p>
      )}
    </nav>
  )
}
