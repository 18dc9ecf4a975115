import { useTranslation } from 'react-i18next'
import { TextField } from '../ui/text-field.tsx'
import { failureSentence } from './failure-sentence.ts'

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

/** Says that the form goes on from what was left unsaved, and how to begin anew where that is a choice. */
export function ResumedNote({ onAnew }: { onAnew?: () => void }) {
  const { t } = useTranslation(['panel'])
  return (
    <p className="form-note">
      {t('panel:resumed')}
      {onAnew && (
        <button type="button" className="link-button" onClick={onAnew}>
          {t('panel:anew')}
        </button>
      )}
    </p>
  )
}

interface ReasonFieldProps {
  value: string
  error: string | undefined
  wide?: boolean
  onText: (text: string) => void
}

/** Why something is changed: asked for with every change, kept with every version of the row. */
export function ReasonField(props: ReasonFieldProps) {
  const { t } = useTranslation(['panel'])
  return (
    <TextField
      name="reason"
      label={t('panel:field.reason')}
      hint={t('panel:reasonHint')}
      required
      maxLength={500}
      {...props}
    />
  )
}

interface FormActionsProps {
  isPending: boolean
  submit: string
  onCancel: () => void
}

/** Sends the form, or leaves it. */
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
