import { useQuery } from '@tanstack/react-query'
import type { Disagreements } from 'api/light/contract'
import { useTranslation } from 'react-i18next'
import { Figure } from '../shell/figure.tsx'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { count, wan } from '../ui/number.ts'
import { LightMark } from './light-mark.tsx'
import { LightReason } from './light-reason.tsx'
import { disagreements } from './queries.ts'
import './evidence-list.css'

interface EvidenceListProps {
  asOf: string | null
  /** Short names of units by id. */
  units: ReadonlyMap<number, string>
  onOpen: (project: number) => void
}

/** 绿皮红心: reported well and proved badly, the most money of the year first; each opens its project. */
export function EvidenceList({ asOf, units, onOpen }: EvidenceListProps) {
  const { t } = useTranslation(['light'])
  const found = useQuery(disagreements(asOf))
  if (found.error) return <ScreenError error={found.error} reset={() => void found.refetch()} />
  if (!found.data) return <ScreenLoading />
  const { rows, total, judged, rule, date } = found.data
  return (
    <div className="evidence">
      <p className="evidence-head">
        <Figure name="light.doubtful" value={total}>
          {t('light:evidence.doubtful', { projects: count(total) })}
        </Figure>
        <Figure name="light.claimed" value={judged}>
          {t('light:evidence.claimed', { projects: count(judged) })}
        </Figure>
        <span className="evidence-hint" data-record="light">
          {t('light:evidence.by', { rule, date })}
        </span>
      </p>
      <p className="evidence-hint">{t('light:evidence.hint')}</p>
      {total === 0 && <Empty title={t('light:evidence.none')} />}
      <ol className="evidence-rows">
        {rows.map((row) => (
          <Row
            key={row.projectId}
            row={row}
            unit={units.get(row.unitId) ?? ''}
            onOpen={() => onOpen(row.projectId)}
          />
        ))}
      </ol>
      {rows.length < total && (
        <p className="evidence-hint">{t('light:evidence.first', { shown: count(rows.length) })}</p>
      )}
    </div>
  )
}

function Row(props: { row: Disagreements['rows'][number]; unit: string; onOpen: () => void }) {
  const { t } = useTranslation(['light', 'project', 'shell'])
  const { row, unit, onOpen } = props
  const { light, evidence } = row
  return (
    <li>
      <button
        type="button"
        className="evidence-row"
        data-record="project"
        data-project={row.projectId}
        onClick={onOpen}
      >
        <span className="evidence-name">{row.name}</span>
        <span className="evidence-money figure">
          {wan(row.annualWan ?? row.totalWan)} <small>{t('shell:unit.wan')}</small>
        </span>
        <span className="evidence-unit">
          {unit} · {t(row.annualWan === null ? 'light:evidence.total' : 'light:evidence.annual')}
        </span>
        <span className="evidence-lights">
          <LightMark light={light.state} />
          {t('light:evidence.reported', { light: t(`project:light.${light.state}`) })}
          <span aria-hidden="true">→</span>
          <LightMark light={evidence.state} />
          {t(`light:proved.${evidence.state}`)}
        </span>
        <span className="evidence-why">
          <LightReason light={evidence} rule={light.rule} />
        </span>
      </button>
    </li>
  )
}
