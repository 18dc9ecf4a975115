import type { InvestmentMonth } from 'api/investment/contract'
import { lazy, type ReactNode, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Figure } from '../shell/figure.tsx'
import { lastIndex } from '../ui/last-index.ts'
import { percent, wan } from '../ui/number.ts'
import type { CurveMonth } from './curve-chart.ts'
import { type MoneyMonth, monthsOf } from './monthly.ts'
import './money-curve.css'

const CurveFigure = lazy(() => import('./curve-figure.tsx'))

interface MoneyCurveProps {
  rows: readonly InvestmentMonth[]
  year: number
  annualWan: number | null
  /** The year's season and forecast by month, once they are known; January first. */
  forecast: readonly Pick<CurveMonth, 'seasonSum' | 'p50Sum' | 'p80Sum'>[] | undefined
  /** What is said below the figure. */
  children?: ReactNode
}

/** Plan and reported money of the year as a curve, and the same figures as a table. */
export function MoneyCurve({ rows, year, annualWan, forecast, children }: MoneyCurveProps) {
  const { t } = useTranslation(['panel', 'shell'])
  const months = useMemo(() => monthsOf(rows, year), [rows, year])
  const curve = useMemo(
    () => months.map((month, index) => curveMonth(month, annualWan, forecast?.[index])),
    [months, annualWan, forecast],
  )
  const known = months.some((month) => month.plannedWan !== null || month.actualWan !== null)
  if (!known) return <p className="panel-none">{t('panel:money.none', { year })}</p>
  return (
    <>
      <Sentence months={months} annualWan={annualWan} />
      <Suspense fallback={<div className="money-figure" aria-busy="true" />}>
        <CurveFigure months={curve} year={year} />
      </Suspense>
      {children}
      <details className="money-details">
        <summary>{t('panel:money.table', { year, unit: t('shell:unit.wan') })}</summary>
        <MonthTable months={months} />
      </details>
    </>
  )
}

function curveMonth(
  { month, plannedSum, actualSum }: MoneyMonth,
  annualWan: number | null,
  forecast: Pick<CurveMonth, 'seasonSum' | 'p50Sum' | 'p80Sum'> | undefined,
): CurveMonth {
  const evenSum = annualWan !== null && annualWan > 0 ? (annualWan * month) / 12 : null
  const { seasonSum = null, p50Sum = null, p80Sum = null } = forecast ?? {}
  return { month, plannedSum, actualSum, evenSum, seasonSum, p50Sum, p80Sum }
}

function Sentence(props: { months: readonly MoneyMonth[]; annualWan: number | null }) {
  const { t } = useTranslation(['panel'])
  const { months, annualWan } = props
  const last = months[lastIndex(months, (month) => month.actualSum !== null)]
  if (!last) return <p className="money-sentence">{t('panel:money.silent')}</p>
  const gap = (last.actualSum ?? 0) - (last.plannedSum ?? 0)
  const word = gap < 0 ? 'behind' : gap > 0 ? 'ahead' : 'even'
  const done = {
    month: last.month,
    done: wan(last.actualSum),
    share: annualWan ? percent((last.actualSum ?? 0) / annualWan) : '—',
  }
  return (
    <p className="money-sentence">
      <Figure name="investment.sum" of={['actual', last.month]} value={last.actualSum}>
        {t('panel:money.doneSum', done)}
      </Figure>
      {t('panel:money.comma')}
      <Figure
        name="investment.share"
        of={['actual', last.month]}
        value={annualWan ? (last.actualSum ?? 0) / annualWan : null}
      >
        {t('panel:money.doneShare', done)}
      </Figure>
      {last.plannedSum !== null && (
        <>
          {t('panel:money.comma')}
          <Figure name="investment.gap" value={gap}>
            {t(`panel:money.${word}`, { gap: wan(Math.abs(gap)) })}
          </Figure>
        </>
      )}
    </p>
  )
}

function SumCell(props: { kind: 'planned' | 'actual'; month: number; value: number | null }) {
  return (
    <td>
      {props.value === null ? (
        '—'
      ) : (
        <Figure
          name="investment.sum"
          of={[props.kind, props.month]}
          value={props.value}
          form="wan"
        />
      )}
    </td>
  )
}

function MonthTable({ months }: { months: readonly MoneyMonth[] }) {
  const { t } = useTranslation(['panel'])
  return (
    <table className="money-table figure">
      <thead>
        <tr>
          <th scope="col">{t('panel:money.month')}</th>
          <th scope="col">{t('panel:money.planned')}</th>
          <th scope="col">{t('panel:money.actual')}</th>
          <th scope="col">{t('panel:money.plannedSum')}</th>
          <th scope="col">{t('panel:money.actualSum')}</th>
        </tr>
      </thead>
      <tbody>
        {months.map((month) => (
          <tr key={month.month}>
            <th scope="row">{t(`panel:month.${month.month}`)}</th>
            <td data-record="investment">{wan(month.plannedWan)}</td>
            <td data-record="investment">{wan(month.actualWan)}</td>
            <SumCell kind="planned" month={month.month} value={month.plannedSum} />
            <SumCell kind="actual" month={month.month} value={month.actualSum} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}
