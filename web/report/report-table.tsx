import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReportTableRow, ReportTable as Table } from 'api/report/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FigureName } from '../explain/registry.ts'
import { Figure, type FigureForm } from '../shell/figure.tsx'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { monthsUpTo } from '../ui/date.ts'
import { Dialog } from '../ui/dialog.tsx'
import { percent } from '../ui/number.ts'
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
  const month = table.month.slice(0, 7)
  const groups: [string, string, ReportTableRow[], (row: ReportTableRow) => string][] = [
    ['category', t('panel:table.category'), table.category, word('category')],
    ['planKind', t('panel:table.planKind'), table.planKind, word('planKind')],
    ['unit', t('panel:table.unit'), table.unit, (row) => row.name ?? ''],
  ]
  return (
    <>
      <p className="report-table-note">
        <time dateTime={table.dueOn}>
          {t('panel:table.note', { date, due: table.dueOn, time: percent(table.timeShare) })}
        </time>
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
            <Line
              name={t('panel:table.total')}
              of={[month, 'total', '']}
              row={table.total}
              strong
            />
          </tbody>
          {groups.map(([group, name, rows, nameOf]) => (
            <tbody key={group}>
              <tr className="report-table-strong">
                <th colSpan={columns.length + 1} scope="rowgroup">
                  {name}
                </th>
              </tr>
              {rows.map((row) => (
                <Line
                  key={row.key}
                  name={nameOf(row)}
                  of={[month, group, row.key ?? '']}
                  row={row}
                />
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </>
  )
}

function Line(props: { name: string; of: string[]; row: ReportTableRow; strong?: boolean }) {
  const { name, of, row } = props
  const cell = (figure: FigureName, value: number | null, form: FigureForm = 'count') => (
    <td>
      <Figure name={figure} of={of} value={value} form={form} />
    </td>
  )
  return (
    <tr className={props.strong ? 'report-table-strong' : undefined}>
      <th scope="row">{name}</th>
      {cell('report.projects', row.projects)}
      {cell('report.reported', row.reported)}
      {cell('report.inTime', row.inTime)}
      {cell('report.annual', row.annualWan, 'wan')}
      {cell('report.month', row.monthWan, 'wan')}
      {cell('report.done', row.doneWan, 'wan')}
      {cell('report.share', row.doneShare, 'percent')}
      {cell('report.ahead', row.aheadOfTime, 'points')}
    </tr>
  )
}
