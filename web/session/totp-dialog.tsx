import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, parseResponse } from '../shell/api.ts'
import { FormFailure } from '../shell/form-parts.tsx'
import { useSend } from '../shell/send.ts'
import { Dialog } from '../ui/dialog.tsx'
import { PasswordField } from './password-field.tsx'
import { askSession } from './queries.ts'
import { TotpSetup } from './totp-setup.tsx'

/** The second factor, from the menu: set up, or taken off again. */
export default function TotpDialog({
  hasTotp,
  onClose,
}: {
  hasTotp: boolean
  onClose: () => void
}) {
  const { t } = useTranslation(['session'])
  // As it was opened: what is done here must not turn the dialog around.
  const [isOn] = useState(hasTotp)
  return (
    <Dialog
      title={t('session:totp.title')}
      closeWord={t('session:close')}
      isNarrow
      onClose={onClose}
    >
      <div className="session-dialog">
        {isOn ? <TotpRemoval onDone={onClose} /> : <TotpSetup onDone={onClose} />}
      </div>
    </Dialog>
  )
}

function TotpRemoval({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation(['session'])
  const client = useQueryClient()
  const [password, setPassword] = useState('')
  const send = useSend(
    ['password'],
    async (json: { password: string }) => {
      await parseResponse(api.session.totp.$delete({ json }))
      await askSession(client)
    },
    onDone,
  )
  return (
    <form
      className="entry-form"
      noValidate
      onSubmit={(event) => send.submit(event, () => ({ password }))}
    >
      <p className="entry-text">{t('session:totp.removeWhy')}</p>
      <PasswordField
        name="password"
        label={t('session:password.current')}
        autoComplete="current-password"
        error={send.of('password')}
        value={password}
        onText={setPassword}
      />
      <FormFailure failure={send.failure} />
      <button type="submit" className="button" disabled={send.isPending}>
        {t('session:totp.remove')}
      </button>
    </form>
  )
}
