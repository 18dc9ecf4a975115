import type { LightState } from 'api/light/contract'
import { own } from 'api/light/rule/shipped'
import { type LightFact, lightOf } from 'api/light/rules'
import { Stage } from 'api/project/contract'
import { stageOf } from 'api/project/rules'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const date = '2023-05-31'
/** A project of which only its money and its start are known. */
const unsaid = {
  category: 'industry',
  plannedOriginalWan: null,
  annualOriginalWan: null,
  percent: null,
  inStatistics: null,
  verifiedMonth: null,
  verifiedPlannedWan: null,
  verifiedDoneWan: null,
  paidMonth: null,
  plannedFinish: null,
  originalStart: null,
  originalFinish: null,
  workStep: null,
  workStepOriginal: null,
  earlyStep: null,
  earlyStepOriginal: null,
  finished: null,
  proofOn: null,
  finishProved: false,
  permitOpen: false,
  photoOn: null,
} as const
const building: LightFact = {
  ...unsaid,
  planKind: 'construction',
  annualWan: 12_000,
  planYear: 2023,
  listedOn: null,
  reportedMonth: '2023-04-01',
  plannedWan: 3100,
  doneWan: 2010,
  reportedWan: 510,
  dueWan: 3100,
  plannedStart: '2023-01-31',
  started: '2023-02-10',
  built: null,
}
const state = (change: Partial<LightFact>, stage: Stage = 'building', on = date) =>
  lightOf({ ...building, ...change }, stage, on, own).state

test('the reason names its figures and the rule', () => {
  expect(lightOf(building, 'building', date, own)).toEqual({
    state: 'amber',
    reason:
      '本年计划 12,000 万元，截至 4 月计划 3,100 万元，完成 2,010 万元，落后 9.1 个百分点；规则 本市 v1 第 3 条',
    clauses: [3],
    causes: [
      {
        code: 'money',
        month: '2023-04-01',
        annualWan: 12_000,
        plannedWan: 3100,
        doneWan: 2010,
        lagPoints: -9.1,
      },
    ],
    rule: '本市 v1',
    lagPoints: -9.1,
  })
})

describe('golden cases on 2023-05-31', () => {
  const cases: [what: string, got: LightState, want: LightState][] = [
    ['4.9 points behind', state({ doneWan: 2512 }), 'green'],
    ['exactly 5 points behind', state({ doneWan: 2500 }), 'amber'],
    ['exactly 15 points behind', state({ doneWan: 1300 }), 'red'],
    ['ahead of plan', state({ doneWan: 4000 }), 'green'],
    ['silent since March (61 days)', state({ reportedMonth: '2023-03-01' }), 'stale'],
    [
      'no report at all',
      state({ reportedMonth: null, plannedWan: null, doneWan: null, reportedWan: null }),
      'stale',
    ],
    ['reported without any money', state({ doneWan: null, reportedWan: null }), 'stale'],
    ['money of earlier months, none with the last report', state({ reportedWan: null }), 'stale'],
    ['finished, however silent', state({ reportedMonth: null }, 'finished'), 'finished'],
    ['in production', state({}, 'production'), 'finished'],
    ['suspended', state({}, 'suspended'), 'none'],
    ['not on the list', state({ planKind: null }), 'none'],
    ['preliminary', state({ planKind: 'preliminary' }), 'none'],
    ['no monthly plan', state({ plannedWan: null, dueWan: null }), 'none'],
    [
      'starts in September, nothing planned yet',
      state({ started: null, plannedStart: '2023-09-30', dueWan: 0, reportedMonth: null }, 'ready'),
      'none',
    ],
    [
      'starts in September, but money was planned',
      state({ started: null, plannedStart: '2023-09-30', reportedMonth: null }, 'ready'),
      'stale',
    ],
    [
      '29 days after its planned start',
      state({ started: null, plannedStart: '2023-05-02', doneWan: 3100 }, 'ready'),
      'green',
    ],
    [
      '30 days after its planned start',
      state({ started: null, plannedStart: '2023-05-01', doneWan: 3100 }, 'ready'),
      'amber',
    ],
    [
      '90 days after its planned start',
      state({ started: null, plannedStart: '2023-03-02', doneWan: 3100 }, 'ready'),
      'red',
    ],
    ['added in May', state({ reportedMonth: null, listedOn: '2023-05-10' }), 'none'],
    ['a fortnight into the year', state({ reportedMonth: null }, 'building', '2023-01-14'), 'none'],
    [
      'silent all year, on New Year’s Day with no newer list',
      state({ reportedMonth: null }, 'building', '2024-01-01'),
      'stale',
    ],
    [
      'its start 90 days late a fortnight into the year, before any report is due',
      state(
        { started: null, plannedStart: '2022-10-16', reportedMonth: null },
        'ready',
        '2023-01-14',
      ),
      'red',
    ],
    [
      'the last day that 45 days of silence allow, over a leap day',
      state({ reportedMonth: '2024-01-01', planYear: 2024 }, 'building', '2024-03-16'),
      'amber',
    ],
    [
      'the day after it',
      state({ reportedMonth: '2024-01-01', planYear: 2024 }, 'building', '2024-03-17'),
      'stale',
    ],
  ]
  test.each(cases)('%s', (_, got, want) => {
    expect(got).toBe(want)
  })
})

const month = fc.constantFrom(null, '2023-01-01', '2023-02-01', '2023-03-01', '2023-04-01')
const amount = fc.option(fc.integer({ min: 0, max: 2_000_000 }).map((cents) => cents / 100))
const day = fc.option(
  fc
    .date({
      min: new Date('2022-06-01'),
      max: new Date('2023-12-31'),
      noInvalidDate: true,
    })
    .map((at) => at.toISOString().slice(0, 10)),
)
const anyFact: fc.Arbitrary<LightFact> = fc.record({
  ...(Object.fromEntries(
    Object.entries(unsaid).map(([name, value]) => [name, fc.constant(value)]),
  ) as { [Name in keyof typeof unsaid]: fc.Arbitrary<(typeof unsaid)[Name]> }),
  planKind: fc.constantFrom('construction' as const, 'preliminary' as const, null),
  annualWan: amount,
  planYear: fc.constant(2023),
  listedOn: day,
  reportedMonth: month,
  plannedWan: amount,
  doneWan: amount,
  reportedWan: amount,
  dueWan: amount,
  plannedStart: day,
  started: day,
  built: day,
})
const stage = fc.constantFrom(...Stage.options)

test('what is silent longer than the rule allows is never green', () => {
  fc.assert(
    fc.property(anyFact, stage, (fact, at) => {
      const { state: got } = lightOf(fact, at, date, own)
      const fresh = fact.reportedMonth === '2023-04-01'
      // Only a start that is late shows before the first report is due.
      const late = fact.reportedMonth === null && ['amber', 'red'].includes(got)
      return fresh || late || !['green', 'amber', 'red'].includes(got)
    }),
    { numRuns: 2000 },
  )
})

test('more money done never worsens a light', () => {
  const rank: Record<LightState, number> = {
    red: 0,
    amber: 1,
    green: 2,
    stale: 3,
    finished: 3,
    none: 3,
  }
  fc.assert(
    fc.property(anyFact, stage, fc.nat({ max: 1_000_000 }), (fact, at, more) => {
      if (fact.doneWan === null) return true
      const before = lightOf(fact, at, date, own).state
      const after = lightOf({ ...fact, doneWan: fact.doneWan + more }, at, date, own).state
      return rank[after] >= rank[before]
    }),
    { numRuns: 2000 },
  )
})

describe('stage', () => {
  const none = {
    sideState: null,
    planKind: null,
    signed: null,
    preliminary: null,
    permitted: null,
    started: null,
    built: null,
    finished: null,
    produced: null,
  }
  const cases: [what: string, got: Stage, want: Stage][] = [
    ['nothing known', stageOf(none, date), 'reserve'],
    ['signed', stageOf({ ...none, signed: '2022-01-01' }, date), 'preliminary'],
    ['listed as preliminary', stageOf({ ...none, planKind: 'preliminary' }, date), 'preliminary'],
    ['permitted', stageOf({ ...none, permitted: '2023-05-01' }, date), 'ready'],
    ['listed for construction', stageOf({ ...none, planKind: 'construction' }, date), 'ready'],
    ['works seen, start unknown', stageOf({ ...none, built: '2023-05-01' }, date), 'building'],
    ['start tomorrow', stageOf({ ...none, started: '2023-06-01' }, date), 'reserve'],
    ['start today', stageOf({ ...none, started: date }, date), 'building'],
    [
      'finished',
      stageOf({ ...none, started: '2022-01-01', finished: '2023-01-01' }, date),
      'finished',
    ],
    ['producing', stageOf({ ...none, produced: '2023-01-01' }, date), 'production'],
    ['suspended', stageOf({ ...none, sideState: 'suspended', built: date }, date), 'suspended'],
  ]
  test.each(cases)('%s', (_, got, want) => {
    expect(got).toBe(want)
  })
})
