import type { PasswordPolicy } from 'api/session/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/dialog.tsx'
import { PasswordChange } from './password-change.tsx'

/** The own password, from the menu. */
export default function PasswordDialog(props: { policy: PasswordPolicy; onClose: () => void }) {
  const { t } = useTranslation(['session'])
  const [isDone, setDone] = useState(false)
  return (
    <Dialog
      title={t('session:password.title')}
      closeWord={t('session:close')}
      onClose={props.onClose}
      isNarrow
    >
      <div className="session-dialog">
        {isDone ? (
          <p role="status">{t('session:password.done')}</p>
        ) : (
          <PasswordChange policy={props.policy} onDone={() => setDone(true)} />
        )}
      </div>
    </Dialog>
  )
}
