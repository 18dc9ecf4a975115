import { addDays } from 'api/calendar/days'
import type { LightState } from 'api/light/contract'
import { own, shipped } from 'api/light/rule/shipped'
import { judge, type LightFact, lightOf, lightsOf } from 'api/light/rules'
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
const anyFact: fc.Arbitrary<LightFact> = fc
  .record({
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
  // As readFacts tells them: where nothing was revised both are one.
  .map((fact) => ({ ...fact, originalStart: fact.plannedStart }))
const stage = fc.constantFrom(...Stage.options)

const rank: Record<LightState, number> = {
  red: 0,
  amber: 1,
  green: 2,
  stale: 3,
  finished: 3,
  none: 3,
}
const rules = fc.constantFrom(...shipped)

test('what is silent longer than the rule allows is never green', () => {
  fc.assert(
    fc.property(anyFact, stage, rules, (fact, at, rule) => {
      const { light, parts, original } = judge(fact, at, date, rule)
      const fresh = fact.reportedMonth === '2023-04-01'
      if (fresh) return true
      // Only a start that is late shows before the first report is due.
      const late = fact.reportedMonth === null && ['amber', 'red'].includes(light)
      const overall = [light, original.light].every((one) => one !== 'green')
      return overall && parts.payment !== 'green' && (late || !['amber', 'red'].includes(light))
    }),
    { numRuns: 2000 },
  )
})

test('more money done never worsens a light', () => {
  fc.assert(
    fc.property(anyFact, stage, rules, fc.nat({ max: 1_000_000 }), (fact, at, rule, more) => {
      if (fact.doneWan === null) return true
      const before = judge(fact, at, date, rule)
      const after = judge({ ...fact, doneWan: fact.doneWan + more }, at, date, rule)
      return (
        rank[after.light] >= rank[before.light] &&
        rank[after.original.light] >= rank[before.original.light] &&
        rank[after.parts.payment] >= rank[before.parts.payment]
      )
    }),
    { numRuns: 2000 },
  )
})

test('of a project that has not begun, a later day never betters the start light', () => {
  fc.assert(
    fc.property(anyFact, rules, fc.nat({ max: 400 }), (fact, rule, days) => {
      const waiting = { ...fact, planKind: 'construction' as const, started: null, built: null }
      const now = judge(waiting, 'ready', date, rule).parts.start
      const later = judge(waiting, 'ready', addDays(date, days), rule).parts.start
      return rank[later] <= rank[now]
    }),
    { numRuns: 1000 },
  )
})

test('a later start than planned never makes a light better', () => {
  fc.assert(
    fc.property(anyFact, rules, fc.integer({ min: 1, max: 400 }), (fact, rule, days) => {
      if (fact.plannedStart === null) return true
      const waiting = { ...fact, planKind: 'construction' as const, started: null, built: null }
      const earlier = { ...waiting, plannedStart: addDays(fact.plannedStart, -days) }
      return (
        rank[judge(earlier, 'ready', date, rule).parts.start] <=
        rank[judge(waiting, 'ready', date, rule).parts.start]
      )
    }),
    { numRuns: 1000 },
  )
})

test('the overall light is the worst of those that judge, stale before green', () => {
  const order: LightState[] = ['red', 'amber', 'stale', 'green']
  fc.assert(
    fc.property(anyFact, rules, (fact, rule) => {
      const told = { ...fact, planKind: 'construction' as const, reportedMonth: '2023-04-01' }
      const { light, parts } = judge(told, 'building', date, rule)
      const judging = rule.judges.map((part) => parts[part])
      const worst = order.find((one) => judging.includes(one)) ?? 'none'
      // Green takes more than having begun, or being in the statistics.
      const lasting = rule.judges.some(
        (part) => (part === 'progress' || part === 'payment') && parts[part] === 'green',
      )
      const expected = worst === 'green' && !lasting ? 'none' : worst
      // Before its time nothing is judged at all.
      const begun = fact.started !== null && fact.started <= date
      const built = fact.built !== null && fact.built <= date
      const ahead = !begun && !built && (fact.plannedStart ?? '') > date && !fact.dueWan
      return light === (ahead ? 'none' : expected)
    }),
    { numRuns: 2000 },
  )
})

describe('golden: the same project by the three shipped sets', () => {
  const works: LightFact = {
    ...building,
    plannedFinish: '2023-12-31',
    originalStart: '2023-01-31',
    originalFinish: '2023-09-30',
    workStep: '2023-06-30 主体完工',
    workStepOriginal: '2023-02-28 主体完工',
    percent: 20,
    inStatistics: false,
  }
  const by = (name: string, fact: LightFact = works) => {
    const rule = shipped.find((one) => one.name === name) ?? own
    return {
      ...judge(fact, 'building', date, rule),
      lights: lightsOf(fact, 'building', date, rule),
    }
  }

  test('本市: 9.1 points behind its own plan', () => {
    const { light, parts, original } = by('本市')
    expect({ light, parts, original: original.light }).toEqual({
      light: 'amber',
      parts: { start: 'green', progress: 'green', payment: 'amber', statistics: 'red' },
      original: 'amber',
    })
  })
  test('时间进度: four twelfths of 12,000 were due, 2,010 are done', () => {
    const { lights } = by('时间进度')
    expect(lights.parts.payment.reason).toBe(
      '本年计划 12,000 万元，截至 4 月按时间进度应完成 4,000 万元，完成 2,010 万元，落后 16.6 个百分点；规则 时间进度 v1 第 3 条',
    )
    expect(lights.parts.payment.state).toBe('amber')
  })
  test('银川式: 30 points are amber, more are red; months by the calendar', () => {
    const behind = (doneWan: number) => by('银川式', { ...works, doneWan }).parts.payment
    expect([behind(1907), behind(1900), behind(-500), behind(-512)]).toEqual([
      'green',
      'amber',
      'amber',
      'red',
    ])
    const late = (plannedStart: string) =>
      by('银川式', { ...works, started: null, plannedStart }).parts.start
    expect([
      late('2023-05-01'),
      late('2023-04-30'),
      late('2023-03-01'),
      late('2023-02-28'),
    ]).toEqual(['none', 'amber', 'amber', 'red'])
  })
  test('against the original plan the step and the time are late', () => {
    const { parts, original, lights } = by('银川式')
    expect([parts.progress, original.parts.progress]).toEqual(['green', 'red'])
    expect(lights.original.parts.progress.reason).toBe(
      '主体完工计划 2023-02-28 完成，逾期 92 天；4 月形象进度 20%，计划工期已过 36.8%，落后 16.8 个百分点；规则 银川式 v1 第 2 条',
    )
    expect(lights.parts.statistics.reason).toBe('开工 110 天，尚未入统；规则 银川式 v1 第 4 条')
  })
  test('a category may have terms of its own', () => {
    const strict = { ...own, payment: { amberPoints: 1, redPoints: 9, redAbove: false } }
    const { name: _, version: __, categories: ___, clauses: ____, ...terms } = strict
    const rule = { ...own, categories: [{ category: 'industry' as const, ...terms }] }
    expect(judge(works, 'building', date, rule).light).toBe('red')
    expect(judge({ ...works, category: 'ecology' }, 'building', date, rule).light).toBe('amber')
  })
  test('前期 is judged by its own steps and reports', () => {
    const early: LightFact = {
      ...building,
      planKind: 'preliminary',
      started: null,
      earlyStep: '2023-04-20 用地预审',
      earlyStepOriginal: '2023-02-20 用地预审',
    }
    const got = judge(early, 'preliminary', date, own)
    expect([got.light, got.original.light, got.lagPoints]).toEqual(['amber', 'red', null])
    expect(lightOf(early, 'preliminary', date, own).reason).toBe(
      '用地预审计划 2023-04-20 完成，逾期 41 天；规则 本市 v1 第 6 条',
    )
    const silent = { ...early, reportedMonth: '2023-02-01' }
    expect(judge(silent, 'preliminary', date, own).light).toBe('stale')
  })
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
