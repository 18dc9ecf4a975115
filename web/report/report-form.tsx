import type { ProjectDetail } from 'api/project/contract'
import type { Report, ReportInput } from 'api/report/contract'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, parseResponse } from '../shell/api.ts'
import { useFormFocus } from '../shell/form-focus.ts'
import { Doubts, FormActions, FormFailure, ResumedNote } from '../shell/form-parts.tsx'
import { useSave } from '../shell/save.ts'
import { FormField } from '../ui/form-field.tsx'
import { wan } from '../ui/number.ts'
import { TextField } from '../ui/text-field.tsx'
import { uuid } from '../ui/uuid.ts'
import { asCorrection, inputOf } from './begin.ts'
import { doubtsOf } from './doubts.ts'
import type { Draft } from './draft.ts'
import { missingMonths } from './months.ts'
import { useReportDraft } from './use-report-draft.ts'

interface ReportFormProps {
  detail: ProjectDetail
  /** The clock's day: no month after it can be reported. */
  today: string
  /** The received report that is corrected; null: the next one is made. */
  corrected: Report | null
  onDone: (sent: boolean) => void
}

const fields = ['month', 'percent', 'actualWan', 'progressText', 'problem', 'cause', 'nextStep']

/** One month's report, begun from the last one, kept as a draft in this browser until it is received. */
export default function ReportForm({ detail, today, corrected, onDone }: ReportFormProps) {
  const { t } = useTranslation(['panel'])
  const { draft, isResumed, set, anew, drop } = useReportDraft(detail, corrected, today)
  const doubts = useDoubts(draft, detail)
  const overtaken = useOvertaken(draft, corrected, set)
  const send = (json: ReportInput) => parseResponse(api.report.$post({ json }))
  const save = useSave(detail.id, fields, send, () => {
    drop()
    onDone(true)
  })
  const isReceived = save.code === 'REPORT_CHANGED'
  const submit = (event: FormEvent<HTMLFormElement>) => {
    save.submit(event, () => {
      if (overtaken.isHeld() || !doubts.areSettled()) return null
      const sent = isReceived ? asCorrection(draft) : draft
      set(sent)
      return inputOf(detail.id, sent)
    })
  }
  const form = useFormFocus()
  const isCorrection = isReceived || draft.replaces !== null
  const word =
    doubts.asked.length > 0 ? 'doubt.confirm' : isCorrection ? 'report.correct' : 'report.send'
  return (
    <form ref={form} className="form" noValidate onSubmit={submit}>
      {isResumed && <ResumedNote onAnew={anew} />}
      {overtaken.note && (
        <p className="form-failure" role="alert">
          {overtaken.note}
        </p>
      )}
      <Figures
        draft={draft}
        months={corrected ? [] : missingMonths(detail.reports, today)}
        of={save.of}
        onDraft={set}
      />
      <Words draft={draft} of={save.of} onDraft={set} />
      <Doubts doubts={doubts.asked} />
      <FormFailure failure={save.failure} />
      <FormActions
        isPending={save.isPending}
        submit={t(`panel:${word}`)}
        onCancel={() => onDone(false)}
      />
    </form>
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

/** Asks once about what is unusual; another figure is asked about again. */
function useDoubts(draft: Draft, detail: ProjectDetail) {
  const { t } = useTranslation(['panel'])
  const [askedFor, setAskedFor] = useState('')
  const doubts = doubtsOf(draft, detail)
  const mark = JSON.stringify([draft.month, doubts])
  const worded = doubts.map((doubt) =>
    t(`panel:doubt.${doubt.code}`, {
      ...('sumWan' in doubt ? { sum: wan(doubt.sumWan) } : {}),
      ...('planWan' in doubt ? { plan: wan(doubt.planWan) } : {}),
      ...('before' in doubt ? { before: doubt.before } : {}),
    }),
  )
  return {
    asked: askedFor === mark ? worded : [],
    areSettled: () => {
      if (doubts.length === 0 || askedFor === mark) return true
      setAskedFor(mark)
      return false
    },
  }
}

interface PartProps {
  draft: Draft
  of: (field: string) => string | undefined
  onDraft: (patch: Partial<Draft>) => void
}

function Figures({ draft, months, of, onDraft }: PartProps & { months: readonly string[] }) {
  const { t } = useTranslation(['panel', 'shell'])
  const offered = months.includes(draft.month) ? months : [draft.month, ...months]
  return (
    <>
      <FormField label={t('panel:field.month')} error={of('month')}>
        {(ids) => (
          <select
            {...ids}
            className="form-input figure"
            value={draft.month}
            // Another month's report is another report.
            onChange={(event) =>
              onDraft({ month: event.target.value, key: uuid(), replaces: null })
            }
          >
            {offered.map((month) => (
              <option key={month} value={month}>
                {month}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <TextField
        name="percent"
        label={t('panel:field.percent')}
        unit="%"
        error={of('percent')}
        type="number"
        min={0}
        max={100}
        step="0.01"
        value={draft.percent}
        onText={(percent) => onDraft({ percent })}
      />
      <TextField
        name="actualWan"
        label={t('panel:field.actualWan')}
        unit={t('shell:unit.wan')}
        error={of('actualWan')}
        required
        type="number"
        step="0.01"
        value={draft.actualWan}
        onText={(actualWan) => onDraft({ actualWan })}
      />
    </>
  )
}

function Words({ draft, of, onDraft }: PartProps) {
  const { t } = useTranslation(['panel'])
  const causes = useId()
  const words = (field: 'progressText' | 'problem' | 'nextStep') => (
    <TextField
      label={t(`panel:field.${field}`)}
      error={of(field)}
      wide
      area
      maxLength={2000}
      value={draft[field]}
      onText={(text) => onDraft({ [field]: text })}
    />
  )
  return (
    <>
      {words('progressText')}
      {words('problem')}
      <TextField
        label={t('panel:field.cause')}
        error={of('cause')}
        wide
        maxLength={40}
        list={causes}
        value={draft.cause}
        onText={(cause) => onDraft({ cause })}
      />
      <datalist id={causes}>
        {knownCauses.map((cause) => (
          <option key={cause} value={cause} />
        ))}
      </datalist>
      {words('nextStep')}
    </>
  )
}

/** What holds projects up, as the city's lists of difficulties name it. Free text is accepted too. */
const knownCauses = [
  '征地拆迁',
  '分期交地',
  '杆线迁改',
  '选址',
  '土地标高',
  '竞拍金',
  '报建手续',
  '用地用林指标',
  '资金',
  '能评环评',
  '水电气路配套',
  '前期滞后',
  '企业自身原因',
]
