import type { Decision } from 'api/milestone/contract'
import { useTranslation } from 'react-i18next'
import { FormFailure } from '../shell/form-parts.tsx'
import { NoteForm } from '../shell/note-form.tsx'
import type { Save } from '../shell/send.ts'

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
  if (isRefusing) {
    return (
      <NoteForm<Decision>
        save={save}
        name="note"
        label={t('milestone:decide.note')}
        hint={t('milestone:decide.noteHint')}
        maxLength={500}
        submit={t('milestone:decide.refuse')}
        input={(note) => ({ decision: 'refused', note })}
        onCancel={() => setRefusing(false)}
      />
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
