import type { Account } from 'api/account/contract'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useGrantWords } from '../session/grant-words.ts'
import { useMay, useMe } from '../session/me.ts'
import { instantText } from '../ui/date.ts'
import { AccountActions } from './account-actions.tsx'
import { AccountForm } from './account-form.tsx'
import { StateMark } from './account-rows.tsx'
import { DeputyEditor } from './deputy-editor.tsx'
import { GrantEditor } from './grant-editor.tsx'
import { HandoverForm } from './handover-form.tsx'

interface AccountDetailProps {
  account: Account
  /** Everybody: whom one may hand over to, and who may stand in. */
  rows: Account[]
  onClose: () => void
}

/** One account: facts, how it stands, rights, deputies, and what can be done with it. */
export function AccountDetail({ account, rows, onClose }: AccountDetailProps) {
  const { t } = useTranslation(['account', 'session'])
  return (
    <article className="account-card" data-record="account">
      <header className="account-head">
        <h2>
          {account.name} <span>{account.login}</span>
        </h2>
        <StateMark account={account} />
        <button type="button" className="button button-quiet" onClick={onClose}>
          {t('session:close')}
        </button>
      </header>
      <Facts account={account} />
      <SignIn account={account} />
      <Grants account={account} />
      <Deputies account={account} rows={rows} />
      <HandingOver account={account} rows={rows} />
    </article>
  )
}

/** A part with a way to change it, offered to whoever may; the form stands in its place. */
function Part(props: {
  title: string
  change: string | null
  form: (onDone: () => void) => ReactNode
  children: ReactNode
}) {
  const [isOpen, setOpen] = useState(false)
  return (
    <section className="account-part">
      <header>
        <h3>{props.title}</h3>
        {props.change !== null && !isOpen && (
          <button type="button" className="link-button" onClick={() => setOpen(true)}>
            {props.change}
          </button>
        )}
      </header>
      {isOpen ? props.form(() => setOpen(false)) : props.children}
    </section>
  )
}

function Facts({ account }: { account: Account }) {
  const { t } = useTranslation(['account'])
  const may = useMay()
  const facts = (['title', 'phone', 'email'] as const).flatMap((field) => {
    const value = account[field]
    return value ? [[t(`account:field.${field}`), value] as const] : []
  })
  return (
    <Part
      title={t('account:part.facts')}
      change={may('account:write') ? t('account:edit.open') : null}
      form={(onDone) => <AccountForm account={account} onDone={onDone} />}
    >
      {facts.length === 0 ? (
        <p className="account-quiet">{t('account:noFacts')}</p>
      ) : (
        <FactList facts={facts} />
      )}
    </Part>
  )
}

function FactList({ facts }: { facts: (readonly [string, string])[] }) {
  return (
    <dl className="account-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** How one signs in, when one did last, and what can be done about it. */
function SignIn({ account }: { account: Account }) {
  const { t } = useTranslation(['account'])
  const way = account.hasPassword ? 'password' : account.hasProvider ? 'provider' : 'none'
  const time = (at: string | null) => (at === null ? null : instantText(at))
  const facts: [string, string | null][] = [
    [t('account:signIn.way'), t(`account:way.${way}`)],
    [t('account:signIn.totp'), t(account.hasTotp ? 'account:yes' : 'account:no')],
    [t('account:signIn.last'), time(account.lastSignInAt) ?? t('account:never')],
    [t('account:signIn.sessions'), String(account.sessions)],
    [t('account:signIn.invited'), time(account.invitedUntil)],
    [t('account:signIn.locked'), time(account.lockedUntil)],
    [t('account:signIn.disabled'), time(account.disabledAt)],
  ]
  return (
    <section className="account-part">
      <header>
        <h3>{t('account:part.signIn')}</h3>
      </header>
      <FactList facts={facts.filter((fact): fact is [string, string] => fact[1] !== null)} />
      <AccountActions account={account} />
    </section>
  )
}

function Grants({ account }: { account: Account }) {
  const { t } = useTranslation(['account'])
  const may = useMay()
  const me = useMe()
  const words = useGrantWords(account.grants)
  // Nobody gives rights to oneself.
  const isOther = me?.id !== account.id
  return (
    <Part
      title={t('account:part.grants')}
      change={may('grant:write') && isOther ? t('account:grant.open') : null}
      form={(onDone) => <GrantEditor account={account} onDone={onDone} />}
    >
      {account.grants.length === 0 ? (
        <p className="account-quiet">{t('account:noRole')}</p>
      ) : (
        <ul className="account-grants">
          {account.grants.map((grant) => (
            <li key={JSON.stringify(grant)}>
              <strong>{words.role(grant.role)}</strong>
              <span>{words.scope(grant)}</span>
              <span className="account-quiet figure">
                {spanText(grant.validFrom, grant.validTo, t('account:grant.openEnd'))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}

const spanText = (from: string, to: string | null, open: string) => `${from} – ${to ?? open}`

function Deputies({ account, rows }: { account: Account; rows: Account[] }) {
  const { t } = useTranslation(['account'])
  const may = useMay()
  return (
    <Part
      title={t('account:part.deputies')}
      change={may('grant:write') ? t('account:deputy.open') : null}
      form={(onDone) => <DeputyEditor account={account} rows={rows} onDone={onDone} />}
    >
      {account.deputies.length === 0 ? (
        <p className="account-quiet">{t('account:deputy.none')}</p>
      ) : (
        <ul className="account-grants">
          {account.deputies.map((deputy) => (
            <li key={JSON.stringify(deputy)}>
              <strong>{deputy.name}</strong>
              <span className="account-quiet figure">
                {deputy.validFrom} – {deputy.validTo}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}

function HandingOver({ account, rows }: { account: Account; rows: Account[] }) {
  const { t } = useTranslation(['account'])
  const may = useMay()
  if (!may('grant:write')) return null
  return (
    <Part
      title={t('account:part.handover')}
      change={t('account:handover.open')}
      form={(onDone) => <HandoverForm account={account} rows={rows} onDone={onDone} />}
    >
      <p className="account-quiet">{t('account:handover.what')}</p>
    </Part>
  )
}
