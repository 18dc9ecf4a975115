import type { ProjectDetail } from 'api/project/contract'
import { monthsOf } from '../investment/monthly.ts'
import type { Draft } from './draft.ts'

export type Doubt =
  | { code: 'overAnnual' | 'overTotal'; sumWan: number; planWan: number }
  | { code: 'negative' }
  | { code: 'belowZero'; sumWan: number }
  | { code: 'percentFell'; before: number }

type Known = Pick<ProjectDetail, 'annualWan' | 'totalWan' | 'investment' | 'reports' | 'plan'>

/**
 * What is unusual about a report, to be asked about once and not refused: more money than the plan or
 * the whole project has, money that goes backwards, a percentage lower than the month before.
 * Amounts in 万元; sums are of the report's year with this month's amount in the place of an earlier one.
 */
export function doubtsOf(draft: Draft, known: Known): Doubt[] {
  const doubts: Doubt[] = []
  const annual = known.plan?.annualWan ?? known.annualWan
  const actual = draft.actualWan === '' ? null : Number(draft.actualWan)
  if (actual !== null && Number.isFinite(actual)) {
    const sumWan = cents(actual + othersOf(draft.month, known.investment))
    if (actual < 0) doubts.push({ code: 'negative' })
    if (sumWan < 0) doubts.push({ code: 'belowZero', sumWan })
    if (annual !== null && sumWan > annual)
      doubts.push({ code: 'overAnnual', sumWan, planWan: annual })
    if (known.totalWan !== null && actual > known.totalWan)
      doubts.push({ code: 'overTotal', sumWan: actual, planWan: known.totalWan })
  }
  const before = percentBefore(draft.month, known.reports)
  if (draft.percent !== '' && before !== null && Number(draft.percent) < before)
    doubts.push({ code: 'percentFell', before })
  return doubts
}

/** Done in the other months of that year. */
function othersOf(month: string, rows: Known['investment']): number {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return monthsOf(rows, year)
    .filter((one) => one.month !== number)
    .reduce((sum, { actualWan }) => sum + (actualWan ?? 0), 0)
}

function percentBefore(month: string, reports: Known['reports']): number | null {
  const earlier = reports
    .filter((report) => report.month.slice(0, 7) < month && report.percent !== null)
    .sort((a, b) => (a.month < b.month ? 1 : -1))
  return earlier[0]?.percent ?? null
}

const cents = (wan: number) => Math.round(wan * 100) / 100
