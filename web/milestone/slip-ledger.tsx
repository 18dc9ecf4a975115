import { useQuery } from '@tanstack/react-query'
import type { LedgerRow } from 'api/milestone/slip/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { instantText } from '../ui/date.ts'
import { ledgerOf } from './queries.ts'
import { signed } from './revision-form.tsx'
import './slip-ledger.css'

const few = 6

interface LedgerProps {
  project: number
  asOf: string | null
}

/** Every change of a date, the newest first: from, to, by how much, why, by whom, and where that leaves it. */
export function SlipLedger({ project, asOf }: LedgerProps) {
  const { t } = useTranslation(['milestone'])
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="ledger" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('milestone:ledger.title')}</summary>
      {isOpen && <Rows project={project} asOf={asOf} />}
    </details>
  )
}

function Rows({ project, asOf }: LedgerProps) {
  const { t } = useTranslation(['milestone'])
  const [all, setAll] = useState(false)
  const ledger = useQuery(ledgerOf(project, asOf))
  if (ledger.error) return <ScreenError error={ledger.error} reset={() => void ledger.refetch()} />
  if (!ledger.data) return <ScreenLoading />
  const { rows } = ledger.data
  if (rows.length === 0) return <p className="panel-none">{t('milestone:ledger.none')}</p>
  return (
    <>
      <ol className="ledger-list">
        {(all ? rows : rows.slice(0, few)).map((row) => (
          <Entry key={`${row.at} ${row.milestoneId} ${row.field}`} row={row} />
        ))}
      </ol>
      {rows.length > few && (
        <button type="button" className="link-button" data-unfolds onClick={() => setAll(!all)}>
          {all ? t('milestone:ledger.fewer') : t('milestone:ledger.all', { count: rows.length })}
        </button>
      )}
    </>
  )
}

function Entry({ row }: { row: LedgerRow }) {
  const { t } = useTranslation(['milestone'])
  const { field, from, to, days, workingDays, slipDays, cause, text, proposer, approver } = row
  const what = row.isCorrection ? t('milestone:ledger.correction') : t(`milestone:date.${field}`)
  return (
    <li className="ledger-row" data-record="milestone">
      <p className="ledger-head">
        <strong>{row.name}</strong> {what}
        <span className="figure">
          {from ?? '—'} → {to ?? '—'}
        </span>
        {days !== null && (
          <b className="figure">
            {t('milestone:ledger.days', {
              days: signed(days),
              working: signed(workingDays ?? 0),
            })}
          </b>
        )}
      </p>
      {slipDays !== null && field !== 'original' && (
        <p>{t('milestone:ledger.slip', { days: signed(slipDays) })}</p>
      )}
      <p>{[cause, text].filter(Boolean).join(' · ')}</p>
      <p className="ledger-by">
        {instantText(row.at)} · {proposer}
        {approver && ` · ${t('milestone:ledger.approver', { name: approver })}`}
      </p>
    </li>
  )
}
