import { useQueryClient } from '@tanstack/react-query'
import type { TotpSecret } from 'api/session/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { encode } from 'uqr'
import { api, parseResponse } from '../shell/api.ts'
import { useFormFocus } from '../shell/form-focus.ts'
import { FormFailure } from '../shell/form-parts.tsx'
import { useSend } from '../shell/send.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { TextField } from '../ui/text-field.tsx'
import { PasswordProof } from './password-proof.tsx'
import { askSession } from './queries.ts'
import './totp.css'

/** Sets up the second factor: the password once more, the code to scan, a first number, backup codes. */
export function TotpSetup({ onDone }: { onDone: () => void }) {
  const [secret, setSecret] = useState<TotpSecret | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  if (codes !== null) return <Backup codes={codes} onDone={onDone} />
  if (secret !== null) return <Confirm secret={secret} onConfirmed={setCodes} />
  return <Proof onSecret={setSecret} />
}

function Proof({ onSecret }: { onSecret: (secret: TotpSecret) => void }) {
  const { t } = useTranslation(['session'])
  const save = useSend(
    ['password'],
    (json: { password: string }) => parseResponse(api.session.totp.$post({ json })),
    onSecret,
  )
  const words = { why: t('session:totp.why'), submit: t('session:totp.next') }
  return <PasswordProof save={save} {...words} isPrimary />
}

interface ConfirmProps {
  secret: TotpSecret
  onConfirmed: (codes: string[]) => void
}

function Confirm({ secret, onConfirmed }: ConfirmProps) {
  const { t } = useTranslation(['session'])
  const [code, setCode] = useState('')
  const send = useSend(
    ['code'],
    (json: { code: string }) => parseResponse(api.session.totp.$put({ json })),
    ({ codes }) => onConfirmed(codes),
  )
  const form = useFormFocus()
  return (
    <form
      ref={form}
      className="entry-form"
      noValidate
      onSubmit={(event) => send.submit(event, () => ({ code: code.trim() }))}
    >
      <p className="entry-text">{t('session:totp.scan')}</p>
      <QrCode text={secret.uri} label={t('session:totp.picture')} />
      <p className="entry-text">
        {t('session:totp.byHand')} <code className="totp-secret">{grouped(secret.secret)}</code>
      </p>
      <TextField
        name="code"
        label={t('session:totp.first')}
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        maxLength={10}
        error={send.of('code')}
        value={code}
        onText={setCode}
      />
      <FormFailure failure={send.failure} />
      <button type="submit" className="button button-primary" disabled={send.isPending}>
        {t('session:totp.confirm')}
      </button>
    </form>
  )
}

/** Letters in fours, as they are read out and typed. */
const grouped = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? secret

/** Shown once: whoever has lost the phone signs in with one of these. */
function Backup({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation(['session'])
  const client = useQueryClient()
  return (
    <div className="entry-form">
      <p className="entry-text" role="status">
        {t('session:totp.backup')}
      </p>
      <ul className="totp-codes figure">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <CopyButton
        text={codes.join('\n')}
        word={t('session:totp.copy')}
        done={t('session:copied')}
      />
      <button
        type="button"
        className="button button-primary"
        onClick={() => {
          void askSession(client)
          onDone()
        }}
      >
        {t('session:totp.saved')}
      </button>
    </div>
  )
}

/** Black on white in either theme: that is what phones read. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  const path = data
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('')
  return (
    <svg className="totp-qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}
