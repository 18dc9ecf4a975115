import type { InvestmentCurve } from 'api/investment/contract'
import i18next, { type TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Figure, figureMarks } from '../shell/figure.tsx'
import { lastIndex } from '../ui/last-index.ts'
import { large } from './amount.ts'
import { sized } from './fit.ts'

/** Box of the drawing in units of the wall's type size: 1 = 1u. */
const box = { width: 62, height: 17.2, top: 4, bottom: 4 }
const step = box.width / 12
const barWidth = step * 0.62
/** Where the highest plan's words may end without running into the key on the left. */
const clearOfKey = 48
/** Room in u of the line above the bars. */
const lineRoom = 52

interface SeasonProps {
  curve: InvestmentCurve
  date: string
  /** The whole year as expected, 万元; null where nothing is. */
  expected: { p50Wan: number; p80Wan: number } | null
}

/**
 * What each month was to bring and what it brought: plan as outline, done as solid bars; for months to
 * come, what is expected: as their plan, in the proportion that leads to the year's forecast.
 */
export function SeasonPanel({ curve, date, expected }: SeasonProps) {
  const { t } = useTranslation(['wall'])
  const { floor, barOf, highest } = seasonScale(curve)
  const last = lastIndex(curve.months, (month) => month.actualWan !== null)
  const peak = curve.months.findIndex((month) => month.plannedWan === highest)
  const line = seasonLine(curve, last, t)
  const peakMonth = curve.months[peak]?.month ?? ''
  const likely = expected && shareOfPlan(curve, last, expected)
  return (
    <>
      <h2 style={sized(line, lineRoom, 3)}>
        <SeasonLine month={curve.months[last]} at={last} />
      </h2>
      <svg
        className="wall-season"
        viewBox={`0 0 ${box.width} ${box.height}`}
        role="img"
        aria-label={t('wall:season.alt', { date, year: curve.year })}
      >
        <line x1={0} x2={box.width} y1={floor} y2={floor} className="wall-season-floor" />
        {curve.months.map((month, index) => (
          <g key={month.month} transform={`translate(${index * step + (step - barWidth) / 2} 0)`}>
            {index > last && likely && (
              <>
                <rect
                  className="wall-season-middle"
                  width={barWidth}
                  {...barOf(month.plannedWan * likely.p50)}
                />
                <rect
                  className="wall-season-safe"
                  width={barWidth}
                  {...barOf(month.plannedWan * likely.p80)}
                />
              </>
            )}
            <rect className="wall-season-plan" width={barWidth} {...barOf(month.plannedWan)} />
            <rect className="wall-season-done" width={barWidth} {...barOf(month.actualWan ?? 0)} />
            {(index % 2 === 0 || index === 11) && (
              <text data-axis x={barWidth / 2} y={box.height - 0.6} textAnchor="middle">
                {index + 1}
              </text>
            )}
          </g>
        ))}
        <Key />
        {peak >= 0 && (
          <text
            x={Math.max((peak + 1) * step, clearOfKey)}
            y={box.top - 1}
            textAnchor="end"
            {...figureMarks('investment.month', ['planned', peakMonth], highest)}
          >
            {t('wall:season.plan', { amount: large(highest, i18next.language) })}
          </text>
        )}
      </svg>
    </>
  )
}

/** What the months after the last one told will bring, as shares of what they plan; null: no plan is left. */
export function shareOfPlan(
  { months }: InvestmentCurve,
  last: number,
  { p50Wan, p80Wan }: { p50Wan: number; p80Wan: number },
): { p50: number; p80: number } | null {
  const done = months.reduce((sum, { actualWan }) => sum + (actualWan ?? 0), 0)
  const left = months.slice(last + 1).reduce((sum, { plannedWan }) => sum + plannedWan, 0)
  if (left <= 0) return null
  const shareOf = (end: number) => Math.max(0, end - done) / left
  return { p50: shareOf(p50Wan), p80: shareOf(p80Wan) }
}

/**
 * Where nought lies, and a bar from there: upwards, or downwards for a month that took back more
 * than it brought.
 */
export function seasonScale(curve: InvestmentCurve) {
  const amounts = curve.months.flatMap((month) => [month.plannedWan, month.actualWan ?? 0])
  const highest = Math.max(1, ...amounts)
  const lowest = Math.min(0, ...amounts)
  const perWan = (box.height - box.bottom - box.top) / (highest - lowest)
  const floor = box.top + highest * perWan
  const barOf = (wan: number) => ({
    y: floor - Math.max(0, wan) * perWan,
    height: Math.abs(wan) * perWan,
  })
  return { floor, barOf, highest }
}

/** "5 月完成 60.20 亿元，计划 71.30 亿元": the last month that anybody reported. */
function seasonLine(curve: InvestmentCurve, last: number, t: TFunction): string {
  const month = curve.months[last]
  if (!month) return t('wall:season.nothing')
  return (
    t('wall:season.doneOf', amounts(month, last)) + t('wall:season.planOf', amounts(month, last))
  )
}

type Month = InvestmentCurve['months'][number]

const amounts = (month: Month, at: number) => ({
  month: at + 1,
  done: large(month.actualWan, i18next.language),
  plan: large(month.plannedWan, i18next.language),
})

/** The same, each amount to be opened. */
function SeasonLine({ month, at }: { month: Month | undefined; at: number }) {
  const { t } = useTranslation(['wall'])
  if (!month) return t('wall:season.nothing')
  return (
    <>
      <Figure name="investment.month" of={['actual', month.month]} value={month.actualWan}>
        {t('wall:season.doneOf', amounts(month, at))}
      </Figure>
      <Figure name="investment.month" of={['planned', month.month]} value={month.plannedWan}>
        {t('wall:season.planOf', amounts(month, at))}
      </Figure>
    </>
  )
}

/** What solid and outlined bars are, in the free band above them. */
function Key() {
  const { t } = useTranslation(['wall'])
  const y = box.top - 1
  return (
    <g>
      <rect className="wall-season-done" x={0.6} y={y - 2.2} width={2} height={2.2} />
      <text x={3.4} y={y}>
        {t('wall:season.done')}
      </text>
      <rect className="wall-season-plan" x={14.6} y={y - 2.2} width={2} height={2.2} />
      <text x={17.4} y={y}>
        {t('wall:season.planned')}
      </text>
    </g>
  )
}
