import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, parseResponse } from '../shell/api.ts'
import { useSend } from '../shell/send.ts'
import { Dialog } from '../ui/dialog.tsx'
import { PasswordProof } from './password-proof.tsx'
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
  const save = useSend(
    ['password'],
    async (json: { password: string }) => {
      await parseResponse(api.session.totp.$delete({ json }))
      await askSession(client)
    },
    onDone,
  )
  return (
    <PasswordProof
      save={save}
      why={t('session:totp.removeWhy')}
      submit={t('session:totp.remove')}
    />
  )
}
