import { useTranslation } from 'react-i18next'
import { instantText } from '../ui/date.ts'
import type { Draft } from './draft.ts'
import type { DraftSync } from './draft-sync.ts'
import type { DraftConflict } from './merge-draft.ts'

/** Whether the draft is safe, and where two have written different things into one field. */
export function DraftState({ sync, draft }: { sync: DraftSync; draft: Draft }) {
  const { t } = useTranslation(['report'])
  const { state } = sync
  const word =
    state.kind === 'saved'
      ? t('report:draft.saved', { time: instantText(state.at).slice(11), by: state.by })
      : t(`report:draft.${state.kind}`)
  return (
    <>
      <p className={`form-note report-draft-${state.kind}`} role="status">
        {word}
      </p>
      {sync.conflicts.map((conflict) => (
        <Conflict
          key={conflict.field}
          conflict={conflict}
          mine={draft[conflict.field]}
          sync={sync}
        />
      ))}
    </>
  )
}

interface ConflictProps {
  conflict: DraftConflict
  mine: unknown
  sync: DraftSync
}

function Conflict({ conflict, mine, sync }: ConflictProps) {
  const { t } = useTranslation(['report', 'panel'])
  const name = t(`report:field.${conflict.field}`)
  const choice = (keep: 'mine' | 'theirs', value: unknown) => (
    <div className="report-conflict-side">
      <span className="form-hint">{t(`report:conflict.${keep}`)}</span>
      <p>{worded(value)}</p>
      <button
        type="button"
        className="button button-small"
        aria-label={t(`report:conflict.${keep}Of`, { name })}
        onClick={() => sync.resolve(conflict, keep)}
      >
        {t('report:conflict.keep')}
      </button>
    </div>
  )
  return (
    <div className="form-field-wide report-conflict" role="alert">
      <strong>{t('report:conflict.title', { name })}</strong>
      <div className="report-conflict-sides">
        {choice('mine', mine)}
        {choice('theirs', conflict.theirs)}
      </div>
    </div>
  )
}

function worded(value: unknown): string {
  if (value === null || value === '') return '—'
  if (typeof value === 'boolean') return value ? '✓' : '✗'
  if (Array.isArray(value))
    return value.map((one) => `${one.fundSource} ${one.actualWan}`).join('、') || '—'
  if (typeof value === 'object') return String((value as { title?: string }).title ?? '—')
  return String(value)
}
