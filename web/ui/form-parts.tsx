import { useTranslation } from 'react-i18next'
import { failureSentence } from '../shell/failure-sentence.ts'

/** The sentence for a form as a whole; nothing while there is none. */
export function FormFailure({ failure }: { failure: { code: string; message: string } | null }) {
  const { t } = useTranslation(['shell'])
  if (failure === null) return null
  return (
    <p className="form-failure" role="alert">
      {failureSentence(t, failure)}
    </p>
  )
}

interface FormActionsProps {
  isPending: boolean
  submit: string
  onCancel: () => void
}

export function FormActions({ isPending, submit, onCancel }: FormActionsProps) {
  const { t } = useTranslation(['panel'])
  return (
    <div className="form-actions">
      <button type="submit" className="button button-primary" disabled={isPending}>
        {isPending ? t('panel:saving') : submit}
      </button>
      <button type="button" className="button" onClick={onCancel}>
        {t('panel:cancel')}
      </button>
    </div>
  )
}
