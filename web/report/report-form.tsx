import type { Report, ReportInput } from 'api/report/contract'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { actorHeader, actorName, keepActorName } from '../shell/actor.ts'
import { api, parseResponse } from '../shell/api.ts'
import { FormActions, FormFailure } from '../shell/form-parts.tsx'
import { useSave } from '../shell/save.ts'
import { FormField } from '../ui/form-field.tsx'
import { TextField } from '../ui/text-field.tsx'
import { asCorrection, correctionOf, inputOf, resume } from './begin.ts'
import { type Draft, dropDraft, keepDraft, readDraft } from './draft.ts'
import { missingMonths } from './months.ts'

interface ReportFormProps {
  project: number
  /** Newest first. */
  reports: readonly Report[]
  /** The clock's day: no month after it can be reported. */
  today: string
  /** The received report that is corrected; null: the next one is made. */
  corrected: Report | null
  onDone: (sent: boolean) => void
}

const fields = ['month', 'percent', 'actualWan', 'progressText', 'problem', 'cause', 'nextStep']

/** One month's report, begun from the last one, kept as a draft in this browser until it is received. */
export default function ReportForm(props: ReportFormProps) {
  const { project, reports, today, corrected, onDone } = props
  const { t } = useTranslation(['panel'])
  const slot = corrected?.month.slice(0, 7) ?? null
  const [draft, setDraft] = useState(() => {
    const kept = readDraft(project, slot)
    return corrected ? (kept ?? correctionOf(corrected)) : resume(kept, reports, today)
  })
  const [reporter, setReporter] = useState(actorName)
  const save = useSave(
    project,
    fields,
    (input: ReportInput) =>
      parseResponse(api.report.$post({ json: input }, { headers: actorHeader() })),
    () => {
      dropDraft(project, slot)
      onDone(true)
    },
  )
  const isReceived = save.code === 'REPORT_CHANGED'
  const set = (patch: Partial<Draft>) => {
    const next = { ...draft, ...patch }
    setDraft(next)
    keepDraft(project, slot, next)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    keepActorName(reporter)
    const sent = isReceived ? asCorrection(draft) : draft
    set(sent)
    save.run(inputOf(project, sent, reporter))
  }
  const form = useRef<HTMLFormElement>(null)
  // The button that opened it is gone: whoever came by keyboard goes on in the first field.
  useEffect(() => form.current?.querySelector<HTMLElement>('select, input')?.focus(), [])
  return (
    <form ref={form} className="form" onSubmit={submit}>
      <Figures
        draft={draft}
        months={corrected ? [] : missingMonths(reports, today)}
        of={save.of}
        onDraft={set}
      />
      <TextField
        label={t('panel:field.reporter')}
        maxLength={60}
        autoComplete="name"
        value={reporter}
        onText={setReporter}
      />
      <Words draft={draft} of={save.of} onDraft={set} />
      <FormFailure failure={save.failure} />
      <FormActions
        isPending={save.isPending}
        submit={t(isReceived || draft.replaces ? 'panel:report.correct' : 'panel:report.send')}
        onCancel={() => onDone(false)}
      />
    </form>
  )
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
            onChange={(event) => onDraft({ month: event.target.value })}
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
