import type { ProjectDetail } from 'api/project/contract'
import type { DoubtCode, Report, ReportInput } from 'api/report/contract'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PhotoStrip } from '../photo/photo-strip.tsx'
import { api, parseResponse } from '../shell/api.ts'
import { useFormFocus } from '../shell/form-focus.ts'
import { FormActions, FormFailure, ResumedNote } from '../shell/form-parts.tsx'
import { useSave } from '../shell/save.ts'
import { wan } from '../ui/number.ts'
import { uuid } from '../ui/uuid.ts'
import { asCorrection, inputOf } from './begin.ts'
import { DoubtPart } from './doubt-part.tsx'
import type { Draft } from './draft.ts'
import { DraftState } from './draft-state.tsx'
import { IssuePart } from './issue-part.tsx'
import { MoneyPart } from './money-part.tsx'
import { missingMonths } from './months.ts'
import { useReportDraft } from './use-report-draft.ts'
import { MonthPart, WordsPart } from './words-part.tsx'
import './report-form.css'

interface ReportFormProps {
  detail: ProjectDetail
  /** The clock's day: no month after it can be reported. */
  today: string
  /** The received report that is corrected; null: the next one is made. */
  corrected: Report | null
  onDone: (sent: boolean) => void
}

const fields = [
  'month',
  'percent',
  'actualWan',
  'sources',
  'correctionNote',
  'progressText',
  'problem',
  'cause',
  'nextStep',
  'doubts',
]

/** One month's report, begun from the last one, saved by itself until it is received. */
export default function ReportForm({ detail, today, corrected, onDone }: ReportFormProps) {
  const { t } = useTranslation(['panel', 'report'])
  const { draft, isResumed, sync, set, anew, drop } = useReportDraft(detail, corrected, today)
  const [answers, setAnswers] = useState<Partial<Record<DoubtCode, string>>>({})
  const overtaken = useOvertaken(draft, corrected, set)
  const send = (json: ReportInput) => parseResponse(api.report.$post({ json }))
  const save = useSave(detail.id, fields, send, () => {
    drop()
    onDone(true)
  })
  const isReceived = save.code === 'REPORT_CHANGED'
  const isAsked = save.code === 'REPORT_DOUBTS'
  const change = (patch: Partial<Draft>) => {
    // Another figure is another question.
    if ('percent' in patch || 'actualWan' in patch || 'sources' in patch) setAnswers({})
    set(patch)
  }
  const submit = (event: FormEvent<HTMLFormElement>) =>
    save.submit(event, () => {
      if (overtaken.isHeld()) return null
      const sent = isReceived ? asCorrection(draft) : draft
      set(sent)
      return inputOf(detail.id, sent, answers)
    })
  const form = useFormFocus()
  const isCorrection = isReceived || draft.replaces !== null
  const word = isAsked ? 'doubt.confirm' : isCorrection ? 'report.correct' : 'report.send'
  const part = { draft, of: save.of, onDraft: change }
  return (
    <form ref={form} className="form report-form" noValidate onSubmit={submit}>
      <DraftState sync={sync} draft={draft} />
      {isResumed && <ResumedNote onAnew={anew} />}
      {corrected?.status === 'returned' && corrected.reviewNote && (
        <p className="form-failure">{t('report:returned', { note: corrected.reviewNote })}</p>
      )}
      {overtaken.note && (
        <p className="form-failure" role="alert">
          {overtaken.note}
        </p>
      )}
      <MonthPart {...part} months={corrected ? [] : missingMonths(detail.reports, today)} />
      <MoneyPart {...part} detail={detail} />
      <WordsPart {...part} />
      <IssuePart draft={draft} onDraft={change} />
      <Photos draft={draft} project={detail.id} corrected={corrected} />
      {isAsked && <DoubtPart asked={save.details} answers={answers} onAnswers={setAnswers} />}
      <FormFailure failure={save.failure} />
      <FormActions
        isPending={save.isPending}
        submit={t(`panel:${word}`)}
        onCancel={() => onDone(false)}
      />
    </form>
  )
}

/** What is sent before the report is filed waits for it under its key. */
function Photos(props: { draft: Draft; project: number; corrected: Report | null }) {
  const { t } = useTranslation(['report'])
  const { draft, project, corrected } = props
  return (
    <fieldset className="form-field-wide report-part">
      <legend>{t('report:photos')}</legend>
      {corrected && <PhotoStrip of={{ noun: 'report', rowId: corrected.id }} />}
      <PhotoStrip
        key={draft.key}
        of={{ noun: 'report', reportKey: draft.key, projectId: project }}
        editable
      />
    </fieldset>
  )
}

/** A correction that somebody else's has overtaken waits until theirs was shown, then replaces it. */
function useOvertaken(
  draft: Draft,
  corrected: Report | null,
  set: (patch: Partial<Draft>) => void,
): { note: string | null; isHeld: () => boolean } {
  const { t } = useTranslation(['panel'])
  const [shown, setShown] = useState<Report | null>(null)
  return {
    note:
      shown &&
      t('panel:report.overtaken', {
        reporter: shown.reporter ?? '',
        money: wan(shown.actualWan),
        percent: shown.percent ?? '—',
        progress: shown.progressText ?? '—',
      }),
    isHeld: () => {
      if (!corrected || draft.key === corrected.key || draft.replaces === corrected.key)
        return false
      setShown(corrected)
      set({ key: uuid(), replaces: corrected.key })
      return true
    },
  }
}
