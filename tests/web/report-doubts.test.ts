import type { InvestmentMonth } from 'api/investment/contract'
import type { Report } from 'api/report/contract'
import { expect, test } from 'vitest'
import { doubtsOf } from 'web/report/doubts.ts'
import { emptyDraft } from 'web/report/draft.ts'

const money = (month: string, actualWan: number, fundSource = 'total') =>
  ({ month: `${month}-01`, fundSource, actualWan, plannedWan: null }) as InvestmentMonth
const known = {
  annualWan: 1000,
  plan: null,
  totalWan: 5000,
  investment: [
    money('2022-12', 900),
    money('2023-01', 300),
    money('2023-02', 200),
    money('2023-02', 120, 'bank'),
    money('2023-03', 60, 'bank'),
    money('2023-03', 40, 'own'),
  ],
  reports: [
    { month: '2023-02-01', percent: 40 },
    { month: '2023-01-01', percent: 20 },
  ] as Report[],
}
const of = (month: string, actualWan: string, percent = '') =>
  doubtsOf({ ...emptyDraft(month), actualWan, percent }, known)

test('what is as usual is not asked about', () => {
  expect(of('2023-04', '400', '40')).toEqual([])
  expect(of('2023-04', '')).toEqual([])
})

test('more than the plan is asked about, the corrected month counted once', () => {
  expect(of('2023-04', '400.01')).toEqual([{ code: 'overAnnual', sumWan: 1000.01, planWan: 1000 }])
  expect(of('2023-01', '700')).toEqual([])
  expect(of('2023-01', '99999999')).toEqual([
    { code: 'overAnnual', sumWan: 100_000_299, planWan: 1000 },
    { code: 'overTotal', sumWan: 99_999_999, planWan: 5000 },
  ])
})

test('money and progress that go backwards are asked about', () => {
  expect(of('2023-04', '-100')).toEqual([{ code: 'negative' }])
  expect(of('2023-04', '-700')).toEqual([{ code: 'negative' }, { code: 'belowZero', sumWan: -100 }])
  expect(of('2023-04', '1', '39.99')).toEqual([{ code: 'percentFell', before: 40 }])
  expect(of('2023-02', '200', '30')).toEqual([])
})
