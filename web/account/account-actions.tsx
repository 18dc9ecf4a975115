import type { Account, AccountPatch, Invitation } from 'api/account/contract'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useMe } from '../session/me.ts'
import { viewAs } from '../session/view-as.ts'
import { api, parseResponse } from '../shell/api.ts'
import { useFormFocus } from '../shell/form-focus.ts'
import { FormActions, FormFailure, ReasonField } from '../shell/form-parts.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { instantText } from '../ui/date.ts'
import { useOpen } from '../ui/use-open.ts'
import { useSendAccount } from './send-account.ts'

type Change = 'disable' | 'enable' | 'unlock' | 'dropTotp'

const patches: Record<Change, Omit<AccountPatch, 'reason'>> = {
  disable: { disabled: true },
  enable: { disabled: false },
  unlock: { unlock: true },
  dropTotp: { dropTotp: true },
}

/** What can be done about signing in; the link of an invitation is shown once. */
export function AccountActions({ account }: { account: Account }) {
  const { t } = useTranslation(['account'])
  const may = useMay()
  const me = useMe()
  const [change, setChange, close] = useOpen<Change>()
  const isSelf = me?.id === account.id
  const isDisabled = account.disabledAt !== null
  const offered: Change[] = may('account:write')
    ? [
        ...(account.lockedUntil === null ? [] : ['unlock' as const]),
        ...(account.hasTotp && !isSelf ? ['dropTotp' as const] : []),
        // Nobody shuts oneself out.
        ...(isSelf ? [] : [isDisabled ? ('enable' as const) : ('disable' as const)]),
      ]
    : []
  return (
    <>
      <div className="account-actions">
        {may('account:write') && !isDisabled && <InvitationLink account={account} />}
        {offered.map((one) => (
          <button
            key={one}
            type="button"
            className="button"
            aria-expanded={change === one}
            onClick={() => setChange(change === one ? null : one)}
          >
            {t(`account:action.${one}`)}
          </button>
        ))}
        {may('view-as') && !isSelf && !isDisabled && <ViewAs id={account.id} />}
      </div>
      {change !== null && offered.includes(change) && (
        <ChangeForm key={change} account={account} change={change} onDone={close} />
      )}
    </>
  )
}

interface ChangeFormProps {
  account: Account
  change: Change
  onDone: () => void
}

/** Asks why, and says what follows. */
function ChangeForm({ account, change, onDone }: ChangeFormProps) {
  const { t } = useTranslation(['account'])
  const [reason, setReason] = useState('')
  const param = { id: String(account.id) }
  const send = useSendAccount(
    ['reason'],
    (json: AccountPatch) => parseResponse(api.account[':id'].$patch({ param, json })),
    onDone,
  )
  const form = useFormFocus()
  return (
    <form
      ref={form}
      className="form"
      noValidate
      onSubmit={(event) =>
        send.submit(event, () => ({ ...patches[change], reason: reason.trim() }))
      }
    >
      <p className="form-note">{t(`account:effect.${change}`, { name: account.name })}</p>
      <ReasonField wide error={send.of('reason')} value={reason} onText={setReason} />
      <FormFailure failure={send.failure} />
      <FormActions
        isPending={send.isPending}
        submit={t(`account:action.${change}`)}
        onCancel={onDone}
      />
    </form>
  )
}

/** Makes a link for the first password or another one, to be given to its owner. */
function InvitationLink({ account }: { account: Account }) {
  const { t } = useTranslation(['account', 'session'])
  const [link, setLink] = useState<Invitation | null>(null)
  const param = { id: String(account.id) }
  const send = useSendAccount(
    [],
    () => parseResponse(api.account[':id'].invitation.$post({ param })),
    setLink,
  )
  const word = account.hasPassword ? 'reset' : 'invite'
  return (
    <form
      className={link === null ? 'account-link' : 'account-link account-link-open'}
      onSubmit={(event) => send.submit(event, () => ({}))}
    >
      {link === null ? (
        <button type="submit" className="button" disabled={send.isPending}>
          {t(`account:action.${word}`)}
        </button>
      ) : (
        <LinkNote link={link.link}>
          {t(`account:link.${link.purpose}`, {
            name: account.name,
            until: instantText(link.expiresAt),
          })}
        </LinkNote>
      )}
      <FormFailure failure={send.failure} />
    </form>
  )
}

function LinkNote({ link, children }: { link: string; children: ReactNode }) {
  const { t } = useTranslation(['account', 'session'])
  return (
    <div className="account-once" role="status">
      <p>{children}</p>
      <code>{link}</code>
      <CopyButton text={link} word={t('account:link.copy')} done={t('session:copied')} />
    </div>
  )
}

function ViewAs({ id }: { id: number }) {
  const { t } = useTranslation(['account'])
  const send = useSendAccount(
    [],
    () => viewAs(id),
    () => {},
  )
  return (
    <form className="account-link" onSubmit={(event) => send.submit(event, () => ({}))}>
      <button type="submit" className="button" disabled={send.isPending}>
        {t('account:action.viewAs')}
      </button>
      <FormFailure failure={send.failure} />
    </form>
  )
}
