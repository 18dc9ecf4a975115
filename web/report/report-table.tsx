import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReportTableRow, ReportTable as Table } from 'api/report/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { monthsUpTo } from '../ui/date.ts'
import { Dialog } from '../ui/dialog.tsx'
import { count, percent, points, wan } from '../ui/number.ts'
import { reportTable, reportTableFile } from './queries.ts'
import './report-table.css'

interface ReportTableProps {
  /** The day shown, `YYYY-MM-DD`. */
  date: string
  asOf: string | null
  onClose: () => void
}

const columns = [
  'projects',
  'reported',
  'inTime',
  'annual',
  'month',
  'done',
  'share',
  'ahead',
] as const

/** The month's table as officials keep it, on the screen and as a workbook. */
export default function ReportTable({ date, asOf, onClose }: ReportTableProps) {
  const { t } = useTranslation(['panel', 'shell'])
  const months = monthsUpTo(date)
  const [month, setMonth] = useState(months[1] ?? months[0] ?? '')
  const table = useQuery({ ...reportTable(month, asOf), placeholderData: keepPreviousData })
  return (
    <Dialog title={t('panel:table.title')} closeWord={t('panel:close')} onClose={onClose}>
      <div className="report-table-tools">
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
        <a className="button" href={reportTableFile(month, asOf)} download>
          {t('panel:table.download')}
        </a>
      </div>
      {table.error ? (
        <ScreenError error={table.error} reset={() => void table.refetch()} />
      ) : table.data ? (
        <Figures table={table.data} date={date} />
      ) : (
        <ScreenLoading />
      )}
    </Dialog>
  )
}

function Figures({ table, date }: { table: Table; date: string }) {
  const { t, i18n } = useTranslation(['panel', 'project'])
  const word = (group: 'category' | 'planKind') => (row: ReportTableRow) =>
    t(`project:${group}.${row.key}`)
  const isEmpty = table.planKind.every(({ projects }) => projects === 0)
  if (isEmpty) return <Empty title={t('panel:table.noList', { year: table.year })} />
  const groups: [string, ReportTableRow[], (row: ReportTableRow) => string][] = [
    [t('panel:table.category'), table.category, word('category')],
    [t('panel:table.planKind'), table.planKind, word('planKind')],
    [t('panel:table.unit'), table.unit, (row) => row.name ?? ''],
  ]
  return (
    <>
      <p className="report-table-note">
        {t('panel:table.note', { date, due: table.dueOn, time: percent(table.timeShare) })}
      </p>
      <div className="report-table-scroll">
        <table className="report-table" lang={i18n.language === 'zh' ? 'zh-CN' : 'en'}>
          <thead>
            <tr>
              <th scope="col">{t('panel:table.group')}</th>
              {columns.map((column) => (
                <th scope="col" key={column}>
                  {t(`panel:table.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Line name={t('panel:table.total')} row={table.total} strong />
          </tbody>
          {groups.map(([name, rows, of]) => (
            <tbody key={name}>
              <tr className="report-table-strong">
                <th colSpan={columns.length + 1} scope="rowgroup">
                  {name}
                </th>
              </tr>
              {rows.map((row) => (
                <Line key={row.key} name={of(row)} row={row} />
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </>
  )
}

function Line(props: { name: string; row: ReportTableRow; strong?: boolean }) {
  const { name, row } = props
  return (
    <tr className={props.strong ? 'report-table-strong' : undefined}>
      <th scope="row">{name}</th>
      <td>{count(row.projects)}</td>
      <td>{count(row.reported)}</td>
      <td>{count(row.inTime)}</td>
      <td>{wan(row.annualWan)}</td>
      <td>{wan(row.monthWan)}</td>
      <td>{wan(row.doneWan)}</td>
      <td>{percent(row.doneShare)}</td>
      <td>{points(row.aheadOfTime)}</td>
    </tr>
  )
}
