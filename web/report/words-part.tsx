import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { FormField } from '../ui/form-field.tsx'
import { TextField } from '../ui/text-field.tsx'
import { uuid } from '../ui/uuid.ts'
import type { Draft } from './draft.ts'

interface PartProps {
  draft: Draft
  of: (field: string) => string | undefined
  onDraft: (patch: Partial<Draft>) => void
}

/** The month, how far the work is, and whether it stands in the statistics. */
export function MonthPart(props: PartProps & { months: readonly string[] }) {
  const { t } = useTranslation(['panel', 'report'])
  const { draft, months, of, onDraft } = props
  const offered = months.includes(draft.month) ? months : [draft.month, ...months]
  const choices = ['', 'yes', 'no'] as const
  const chosen = draft.inStatistics === null ? '' : draft.inStatistics ? 'yes' : 'no'
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
      <FormField label={t('report:field.inStatistics')}>
        {(ids) => (
          <select
            {...ids}
            className="form-input"
            value={chosen}
            onChange={({ target }) =>
              onDraft({ inStatistics: target.value === '' ? null : target.value === 'yes' })
            }
          >
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {t(`report:inStatistics.${choice === '' ? 'unsaid' : choice}`)}
              </option>
            ))}
          </select>
        )}
      </FormField>
    </>
  )
}

/** What is told in words. */
export function WordsPart({ draft, of, onDraft }: PartProps) {
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
