import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReportQueueRow } from 'api/report/contract'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PhotoStrip } from '../photo/photo-strip.tsx'
import { Figure } from '../shell/figure.tsx'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { monthsUpTo } from '../ui/date.ts'
import { Dialog } from '../ui/dialog.tsx'
import { fixedWan, signedWan } from '../ui/number.ts'
import { doubtText } from './doubt-text.ts'
import { reportQueue } from './queries.ts'
import { ReportActions } from './report-actions.tsx'
import './report-form.css'
import './report-list.css'
import './report-queue.css'

interface ReportQueueProps {
  /** The clock's day, `YYYY-MM-DD`. */
  date: string
  onOpen: (project: number) => void
  onClose: () => void
}

/** What waits for verification in a month, worked off from the keyboard. */
export default function ReportQueue({ date, onOpen, onClose }: ReportQueueProps) {
  const { t } = useTranslation(['report', 'panel'])
  const months = monthsUpTo(date)
  const [month, setMonth] = useState(months[1] ?? months[0] ?? '')
  const queue = useQuery(reportQueue(month))
  return (
    <Dialog title={t('report:queue.title')} closeWord={t('panel:close')} onClose={onClose}>
      <div className="report-queue-tools">
        <label>
          {t('panel:field.month')}{' '}
          <select
            className="form-input figure"
            value={month}
            onChange={(event) => setMonth(event.target.value)}
          >
            {months.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <span className="form-hint">{t('report:queue.keys')}</span>
      </div>
      {queue.error ? (
        <ScreenError error={queue.error} reset={() => void queue.refetch()} />
      ) : !queue.data ? (
        <ScreenLoading />
      ) : queue.data.length === 0 ? (
        <Empty title={t('report:queue.empty', { month })} />
      ) : (
        <Rows rows={queue.data} month={month} onOpen={onOpen} />
      )}
    </Dialog>
  )
}

interface RowsProps {
  rows: readonly ReportQueueRow[]
  month: string
  onOpen: (project: number) => void
}

function Rows({ rows, month, onOpen }: RowsProps) {
  const { t } = useTranslation(['report'])
  const client = useQueryClient()
  const [chosen, setChosen] = useState(rows[0]?.report.id)
  const list = useRef<HTMLOListElement>(null)
  const at = Math.max(
    rows.findIndex(({ report }) => report.id === chosen),
    0,
  )
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.target as Element).closest('input, textarea, select, form')) return
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
    if (step) {
      event.preventDefault()
      setChosen(rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.report.id)
    }
    const action = { v: 'verify', r: 'return' }[event.key]
    if (action) {
      event.preventDefault()
      list.current?.querySelector<HTMLElement>(`[data-action=${action}]`)?.click()
    }
  }
  return (
    <>
      <p className="form-hint">
        <Figure name="report.queue" of={[month]} value={rows.length}>
          {t('report:queue.count', { count: rows.length })}
        </Figure>
      </p>
      <ol
        ref={list}
        className="report-queue"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the keys
        tabIndex={0}
        aria-label={t('report:queue.title')}
        onKeyDown={onKeyDown}
      >
        {rows.map((row, index) => (
          <li
            key={row.report.id}
            className="report-queue-row"
            data-record="report"
            data-chosen={index === at}
          >
            <button
              type="button"
              className="report-queue-head"
              aria-expanded={index === at}
              onClick={() => setChosen(row.report.id)}
            >
              <Head row={row} />
            </button>
            {index === at && (
              <Detail
                row={row}
                onOpen={() => onOpen(row.report.projectId)}
                onDone={() => {
                  setChosen(rows[at + 1]?.report.id ?? rows[at - 1]?.report.id)
                  void client.invalidateQueries({ queryKey: reportQueue(month).queryKey })
                  list.current?.focus()
                }}
              />
            )}
          </li>
        ))}
      </ol>
    </>
  )
}

function Head({ row }: { row: ReportQueueRow }) {
  const { t } = useTranslation(['report', 'shell'])
  const { report, plannedWan } = row
  const difference =
    plannedWan === null || report.actualWan === null ? null : report.actualWan - plannedWan
  return (
    <>
      <span className="report-queue-name">
        <strong>{row.project}</strong> <span className="form-hint">{row.unit}</span>
      </span>
      <span className="figure">
        {fixedWan(report.actualWan)} / {fixedWan(plannedWan)} {t('shell:unit.wan')}
      </span>
      <span className="figure report-queue-difference">{signedWan(difference)}</span>
      {report.doubts.length > 0 && (
        <span className="report-late">
          {t('report:queue.doubts', { count: report.doubts.length })}
        </span>
      )}
    </>
  )
}

interface DetailProps {
  row: ReportQueueRow
  onOpen: () => void
  onDone: () => void
}

function Detail({ row, onOpen, onDone }: DetailProps) {
  const { t } = useTranslation(['report', 'panel', 'shell'])
  const { report } = row
  const percent = (value: number | null) => (value === null ? '—' : `${value}%`)
  const figures: [string, string][] = [
    ['before', fixedWan(row.actualBeforeWan)],
    ['sum', `${fixedWan(row.doneSumWan)} / ${fixedWan(row.plannedSumWan)}`],
    ['percent', `${percent(row.percentBefore)} → ${percent(report.percent)}`],
  ]
  return (
    <div className="report-queue-detail">
      <dl className="report-beside">
        {figures.map(([key, value]) => (
          <div key={key}>
            <dt>{t(`report:queue.${key}`)}</dt>
            <dd className="figure">{value}</dd>
          </div>
        ))}
        {report.sources.map((one) => (
          <div key={one.fundSource}>
            <dt>{one.fundSource}</dt>
            <dd className="figure">{fixedWan(one.actualWan)}</dd>
          </div>
        ))}
      </dl>
      {report.progressText && <p>{report.progressText}</p>}
      {report.problem && <p className="report-problem">{report.problem}</p>}
      {report.correctionNote && (
        <p>{t('report:money.corrected', { note: report.correctionNote })}</p>
      )}
      {report.doubts.map((doubt) => (
        <p key={doubt.code} className="report-problem">
          {doubtText(t, doubt)} <strong>{doubt.answer ?? t('report:doubt.unanswered')}</strong>
        </p>
      ))}
      {row.photos > 0 && <PhotoStrip of={{ noun: 'report', rowId: report.id }} />}
      <ReportActions report={report} onDone={onDone} />
      <button type="button" className="link-button" onClick={onOpen}>
        {t('report:queue.open')}
      </button>
    </div>
  )
}
