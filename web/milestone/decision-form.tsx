import type { Decision } from 'api/milestone/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormActions, FormFailure } from '../shell/form-parts.tsx'
import type { Save } from '../shell/send.ts'
import { TextField } from '../ui/text-field.tsx'

interface DecisionFormProps {
  save: Save<Decision>
  /** What is decided on, for those who hear the page. */
  name: string
  isRefusing: boolean
  setRefusing: (isRefusing: boolean) => void
}

/** Approve at once, or refuse with what has to change. */
export function DecisionForm({ save, name, isRefusing, setRefusing }: DecisionFormProps) {
  const { t } = useTranslation(['milestone'])
  const [note, setNote] = useState('')
  if (isRefusing) {
    return (
      <form
        className="form"
        noValidate
        onSubmit={(event) => save.submit(event, () => ({ decision: 'refused', note: note.trim() }))}
      >
        <TextField
          name="note"
          label={t('milestone:decide.note')}
          hint={t('milestone:decide.noteHint')}
          error={save.of('note')}
          wide
          area
          required
          maxLength={500}
          value={note}
          onText={setNote}
        />
        <FormFailure failure={save.failure} />
        <FormActions
          isPending={save.isPending}
          submit={t('milestone:decide.refuse')}
          onCancel={() => setRefusing(false)}
        />
      </form>
    )
  }
  return (
    <form
      className="decide"
      onSubmit={(event) => save.submit(event, () => ({ decision: 'approved' }))}
    >
      <button
        type="submit"
        className="button button-small button-primary"
        disabled={save.isPending}
        aria-label={t('milestone:decide.approveOf', { name })}
      >
        {t('milestone:decide.approve')}
      </button>
      <button
        type="button"
        className="button button-small"
        aria-label={t('milestone:decide.refuseOf', { name })}
        onClick={() => setRefusing(true)}
      >
        {t('milestone:decide.refuse')}
      </button>
      <FormFailure failure={save.failure} />
    </form>
  )
}
