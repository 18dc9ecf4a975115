import { addDays } from 'api/calendar/days'
import {
  addWorkingDays,
  isWorkingDay,
  workingDayFrom,
  workingDaysBetween,
} from 'api/calendar/working-days'
import { faultOf, type NetworkStep, schedule } from 'api/milestone/network'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

/** Steps that wait for some of those before them. */
const network = fc
  .array(fc.record({ limitDays: fc.integer({ min: 0, max: 40 }), waits: fc.array(fc.nat(20)) }), {
    minLength: 1,
    maxLength: 9,
  })
  .map((rows) =>
    rows.map(
      ({ limitDays, waits }, at): NetworkStep => ({
        code: `s${at}`,
        limitDays,
        after: at === 0 ? [] : [...new Set(waits.map((one) => `s${one % at}`))],
      }),
    ),
  )
const day = fc.integer({ min: 0, max: 1500 }).map((days) => addDays('2022-01-01', days))
const by = (steps: readonly NetworkStep[], startOn: string) =>
  new Map(schedule(steps, startOn).map((one) => [one.code, one]))
const endOf = (steps: readonly NetworkStep[], startOn: string) =>
  schedule(steps, startOn)
    .map(({ finishOn }) => finishOn)
    .sort()
    .at(-1) ?? ''

describe('a plan from a network', () => {
  test('lets serial steps follow each other and parallel ones run side by side', () => {
    const steps = [
      { code: 'approval', limitDays: 5, after: [] },
      { code: 'site', limitDays: 10, after: ['approval'] },
      { code: 'eia', limitDays: 20, after: ['approval'] },
      { code: 'permit', limitDays: 3, after: ['site', 'eia'] },
    ]
    expect(schedule(steps, '2023-04-03')).toMatchObject([
      { beginOn: '2023-04-03', finishOn: '2023-04-11', slackDays: 0, critical: true },
      // 23 April is a make-up day, 1 to 3 May are holidays, 6 May is a make-up day.
      { beginOn: '2023-04-11', finishOn: '2023-04-24', slackDays: 10, critical: false },
      { beginOn: '2023-04-11', finishOn: '2023-05-10', slackDays: 0, critical: true },
      { beginOn: '2023-05-10', finishOn: '2023-05-15', slackDays: 0, critical: true },
    ])
  })

  test('keeps a day that is fixed, and says when it comes too early', () => {
    const steps = (fixedOn: string) => [
      { code: 'a', limitDays: 10, after: [] },
      { code: 'b', limitDays: 5, after: ['a'], fixedOn },
    ]
    expect(schedule(steps('2023-04-06'), '2023-04-03')[1]).toMatchObject({
      finishOn: '2023-04-06',
      tooEarly: true,
    })
    expect(schedule(steps('2023-06-30'), '2023-04-03')).toMatchObject([
      { critical: false, slackDays: workingDaysBetween('2023-04-18', '2023-06-30') },
      { finishOn: '2023-06-30', tooEarly: false, critical: true },
    ])
  })

  test('begins nothing before the start, not even after what was done long ago', () => {
    const steps = [
      { code: 'a', limitDays: 10, after: [], fixedOn: '2021-11-17' },
      { code: 'b', limitDays: 5, after: ['a'] },
    ]
    expect(schedule(steps, '2023-04-03')[1]).toMatchObject({
      beginOn: '2023-04-03',
      finishOn: '2023-04-11',
    })
  })

  test('every step waits for all of its own, takes its limit, and ends on a working day', () => {
    fc.assert(
      fc.property(network, day, (steps, startOn) => {
        const at = by(steps, startOn)
        for (const { code, limitDays, after } of steps) {
          const one = at.get(code)
          const ends = after.map((before) => at.get(before)?.finishOn ?? '')
          const begin = after.length > 0 ? ends.sort().at(-1) : workingDayFrom(startOn)
          expect(one?.beginOn).toBe(begin)
          expect(one?.finishOn).toBe(addWorkingDays(begin ?? '', limitDays))
          expect(isWorkingDay(one?.finishOn ?? '')).toBe(true)
        }
      }),
    )
  })

  test('the critical steps hold the end: longer moves it by as much, others within their slack do not', () => {
    fc.assert(
      fc.property(network, day, fc.integer({ min: 1, max: 30 }), (steps, startOn, more) => {
        const end = endOf(steps, startOn)
        const planned = schedule(steps, startOn)
        expect(planned.some(({ critical }) => critical)).toBe(true)
        for (const { code, slackDays } of planned) {
          const longer = steps.map((step) =>
            step.code === code ? { ...step, limitDays: step.limitDays + more } : step,
          )
          expect(workingDaysBetween(end, endOf(longer, startOn))).toBe(
            Math.max(0, more - slackDays),
          )
        }
      }),
    )
  })

  test('does not depend on the order that the steps come in', () => {
    const mixed = network.chain((steps) =>
      fc.tuple(
        fc.constant(steps),
        fc.shuffledSubarray(steps, { minLength: steps.length, maxLength: steps.length }),
      ),
    )
    fc.assert(
      fc.property(mixed, day, ([steps, shuffled], startOn) => {
        expect(by(shuffled, startOn)).toEqual(by(steps, startOn))
      }),
    )
  })

  test.each([
    [
      '出现了两次',
      [
        ['a', []],
        ['a', []],
      ],
    ],
    ['前置步骤 b 不存在', [['a', ['b']]]],
    [
      '有 2 个步骤互相等待',
      [
        ['a', ['b']],
        ['b', ['a']],
        ['c', []],
      ],
    ],
  ] as const)('a fault is named: %s', (sentence, rows) => {
    const steps = rows.map(([code, after]) => ({ code, limitDays: 1, after }))
    expect(faultOf(steps)).toContain(sentence)
  })
})
