import { useQuery } from '@tanstack/react-query'
import type { ProjectDetail } from 'api/project/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cityQuery } from '../city/queries.ts'
import { fixedWan, signedWan } from '../ui/number.ts'
import { TextField } from '../ui/text-field.tsx'
import { fallsBack, totalOf } from './begin.ts'
import type { Draft } from './draft.ts'
import { figuresOf } from './figures.ts'

interface MoneyPartProps {
  draft: Draft
  detail: Pick<ProjectDetail, 'investment'>
  of: (field: string) => string | undefined
  onDraft: (patch: Partial<Draft>) => void
}

/** The month's investment, as one total or by fund source, beside what was planned. */
export function MoneyPart({ draft, detail, of, onDraft }: MoneyPartProps) {
  const { t } = useTranslation(['panel', 'report', 'shell'])
  const [bySource, setBySource] = useState(draft.sources.length > 0)
  const isBySource = bySource || draft.sources.length > 0
  const choose = (on: boolean) => {
    setBySource(on)
    onDraft(on ? { actualWan: '' } : { sources: [], actualWan: String(totalOf(draft) ?? '') })
  }
  return (
    <fieldset className="form-field-wide report-part">
      <legend>{t('report:money.legend')}</legend>
      <div className="report-switch">
        {[false, true].map((on) => (
          <label key={String(on)} className="report-check">
            <input type="radio" checked={isBySource === on} onChange={() => choose(on)} />
            {t(on ? 'report:money.bySource' : 'report:money.inTotal')}
          </label>
        ))}
      </div>
      {isBySource ? (
        <Sources draft={draft} detail={detail} of={of} onDraft={onDraft} />
      ) : (
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
      )}
      {fallsBack(draft) && (
        <TextField
          name="correctionNote"
          label={t('report:money.correction')}
          hint={t('report:money.correctionHint')}
          error={of('correctionNote')}
          wide
          required
          maxLength={500}
          value={draft.correctionNote}
          onText={(correctionNote) => onDraft({ correctionNote })}
        />
      )}
      <Beside draft={draft} detail={detail} />
    </fieldset>
  )
}

function Sources({ draft, detail, of, onDraft }: MoneyPartProps) {
  const { t } = useTranslation(['report', 'shell'])
  const listed = useQuery(cityQuery).data?.fundSources ?? []
  const named = detail.investment.map((row) => row.fundSource).filter((name) => name !== 'total')
  const names = [...new Set([...listed, ...named, ...draft.sources.map((one) => one.fundSource)])]
  const amountOf = (name: string) =>
    draft.sources.find(({ fundSource }) => fundSource === name)?.actualWan ?? ''
  const set = (name: string, actualWan: string) => {
    const rest = draft.sources.filter(({ fundSource }) => fundSource !== name)
    onDraft({ sources: actualWan === '' ? rest : [...rest, { fundSource: name, actualWan }] })
  }
  const total = totalOf(draft)
  return (
    <>
      <div className="report-sources">
        {names.map((name, at) => (
          <TextField
            key={name}
            name={`source-${name}`}
            label={name}
            unit={t('shell:unit.wan')}
            required={at === 0 && total === null}
            error={at === 0 ? of('sources') : undefined}
            type="number"
            step="0.01"
            value={amountOf(name)}
            onText={(text) => set(name, text)}
          />
        ))}
      </div>
      <p className="report-sum" role="status">
        {t('report:money.sum')} <strong className="figure">{fixedWan(total)}</strong>{' '}
        {t('shell:unit.wan')}
      </p>
    </>
  )
}

/** Plan and sum since January, with the month and without it. */
function Beside({ draft, detail }: Pick<MoneyPartProps, 'draft' | 'detail'>) {
  const { t } = useTranslation(['report', 'shell'])
  const figures = figuresOf(detail.investment, draft.month, totalOf(draft))
  const rows: [key: string, value: string][] = [
    ['planned', fixedWan(figures.plannedWan)],
    ['plannedSum', fixedWan(figures.plannedSumWan)],
    ['without', fixedWan(figures.doneBeforeWan)],
    ['with', fixedWan(figures.doneWan)],
    ['difference', signedWan(figures.differenceWan)],
  ]
  return (
    <dl className="report-beside">
      {rows.map(([key, value]) => (
        <div key={key}>
          <dt>{t(`report:figure.${key}`)}</dt>
          <dd className="figure">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
