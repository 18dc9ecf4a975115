import type { Report, ReportReview } from 'api/report/contract'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../session/me.ts'
import { api, parseResponse } from '../shell/api.ts'
import { FormFailure } from '../shell/form-parts.tsx'
import { NoteForm } from '../shell/note-form.tsx'
import { useSave } from '../shell/save.ts'

interface ReportActionsProps {
  report: Report
  /** Opens the form for its correction; absent where it is only reviewed. */
  onCorrect?: (report: Report) => void
  /** A decision was taken. */
  onDone?: () => void
}

/** What can be done with a received report: verify it, return it with a reason, correct it. */
export function ReportActions({ report, onCorrect, onDone }: ReportActionsProps) {
  const { t } = useTranslation(['panel'])
  const [returning, setReturning] = useState(false)
  const actions = useRef<HTMLDivElement>(null)
  // The button that was pressed goes with the state that it left.
  const settle = () => {
    setReturning(false)
    actions.current?.focus()
    onDone?.()
  }
  const verify = useReview(report, settle)
  const month = report.month.slice(0, 7)
  const { status } = report
  const may = useMay()
  const mayReview = may('report:review')
  return (
    <>
      <div ref={actions} tabIndex={-1} className="report-actions">
        {mayReview && status === 'submitted' && (
          <form onSubmit={(event) => verify.submit(event, () => decision(report, 'verified'))}>
            <button
              type="submit"
              className="link-button"
              data-action="verify"
              disabled={verify.isPending}
              aria-label={t('panel:review.verifyOf', { month })}
            >
              {t('panel:review.verify')}
            </button>
          </form>
        )}
        {mayReview && (status === 'submitted' || status === 'verified') && (
          <button
            type="button"
            className="link-button"
            data-action="return"
            aria-expanded={returning}
            aria-label={t('panel:review.returnOf', { month })}
            onClick={() => setReturning(!returning)}
          >
            {t('panel:review.return')}
          </button>
        )}
        {may('report:file') && status !== 'verified' && onCorrect && (
          <button
            type="button"
            className="link-button"
            aria-label={t('panel:report.correctOf', { month })}
            onClick={() => onCorrect(report)}
          >
            {t('panel:report.correctThis')}
          </button>
        )}
      </div>
      <FormFailure failure={verify.failure} />
      {returning && <ReturnForm report={report} onDone={settle} />}
    </>
  )
}

function ReturnForm({ report, onDone }: { report: Report; onDone: () => void }) {
  const { t } = useTranslation(['panel'])
  const save = useReview(report, onDone)
  return (
    <NoteForm
      save={save}
      name="note"
      label={t('panel:review.note')}
      hint={t('panel:review.noteHint')}
      maxLength={500}
      submit={t('panel:review.return')}
      input={(note) => ({ ...decision(report, 'returned'), note })}
      onCancel={onDone}
    />
  )
}

/** The decision is on the very report that was looked at. */
const decision = ({ key }: Report, made: ReportReview['decision']): ReportReview => ({
  key,
  decision: made,
})

function useReview(report: Report, onDone: () => void) {
  const send = (json: ReportReview) =>
    parseResponse(api.report[':id'].review.$post({ param: { id: String(report.id) }, json }))
  return useSave(report.projectId, ['note'], send, onDone)
}
