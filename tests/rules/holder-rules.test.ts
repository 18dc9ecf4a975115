import { addDays, daysBetween } from 'api/calendar/days'
import { type Claim, type StepFact, spansOf, stepClaims, totalsOf } from 'api/holder/rules'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const start = '2023-01-01'
const day = (n: number) => addDays(start, n)
const unit = { kind: 'unit', name: '荷塘区' } as const
const otherwise = { holder: unit, what: '开工' }
const claim = (by: Claim['by'], name: string, from: number, to: number | null, id = 1): Claim => ({
  by,
  id,
  holder: { kind: 'department', name },
  since: day(from),
  from: day(from),
  to: to === null ? null : day(to),
  what: name,
})

/** Any claims at all, also such as end before they begin or lie outside. */
const claims = fc.array(
  fc
    .record({
      by: fc.constantFrom('issue' as const, 'order' as const, 'approval' as const, 'step' as const),
      id: fc.integer({ min: 1, max: 5 }),
      name: fc.constantFrom('自然资源局', '生态环境局', '调度办'),
      from: fc.integer({ min: -40, max: 200 }),
      length: fc.option(fc.integer({ min: -3, max: 90 })),
      age: fc.nat(30),
    })
    .map(({ by, id, name, from, length, age }) => ({
      ...claim(by, name, from, length === null ? null : from + length, id),
      since: day(from - age),
    })),
  { maxLength: 25 },
)
const span = fc
  .tuple(fc.nat(150), fc.nat(150))
  .map(([from, days]) => [day(from), day(from + days)] as const)

describe('the days of the holders', () => {
  test('add up to the elapsed days, each day once, whatever has happened', () => {
    fc.assert(
      fc.property(claims, span, (some, [from, to]) => {
        const spans = spansOf(some, from, to, otherwise)
        const elapsed = daysBetween(from, to)
        expect(spans.reduce((sum, { days }) => sum + days, 0)).toBe(elapsed)
        expect(totalsOf(spans).reduce((sum, { days }) => sum + days, 0)).toBe(elapsed)
        for (const [at, one] of spans.entries()) {
          expect(one.days).toBe(daysBetween(one.from, one.to))
          expect(one.days).toBeGreaterThan(0)
          expect(one.from).toBe(at === 0 ? from : spans[at - 1]?.to)
        }
        expect(spans.at(-1)?.to ?? to).toBe(to)
      }),
    )
  })

  test('each day is what the rule says of that day alone', () => {
    fc.assert(
      fc.property(claims, span, (some, [from, to]) => {
        const spans = spansOf(some, from, to, otherwise)
        for (let at = from; at < to; at = addDays(at, 1)) {
          const [alone] = spansOf(some, at, addDays(at, 1), otherwise)
          const whole = spans.find((one) => one.from <= at && at < one.to)
          expect([whole?.holder, whole?.by]).toEqual([alone?.holder, alone?.by])
        }
      }),
    )
  })

  test('do not depend on the order that the claims come in', () => {
    const distinct = claims.map((some) => some.map((one, id) => ({ ...one, id })))
    fc.assert(
      fc.property(distinct, span, (some, [from, to]) => {
        expect(spansOf(some.toReversed(), from, to, otherwise)).toEqual(
          spansOf(some, from, to, otherwise),
        )
      }),
    )
  })
})

test('an issue is before an approval, the older issue before the younger, all before the step', () => {
  const some = [
    claim('step', '住建局', 0, null),
    claim('approval', '调度办', 5, 30),
    claim('issue', '自然资源局', 10, 20, 2),
    claim('issue', '电力公司', 15, 25, 3),
  ]
  expect(
    spansOf(some, day(0), day(40), otherwise).map(({ holder, days, by }) => [
      holder.name,
      days,
      by,
    ]),
  ).toEqual([
    ['住建局', 5, 'step'],
    ['调度办', 5, 'approval'],
    ['自然资源局', 10, 'issue'],
    ['电力公司', 5, 'issue'],
    ['调度办', 5, 'approval'],
    ['住建局', 10, 'step'],
  ])
})

test('a day on which the ball changes hands is the receiver’s', () => {
  const some = [claim('issue', '自然资源局', 1, 4), claim('issue', '住建局', 4, 4, 2)]
  const spans = spansOf(some, day(0), day(6), otherwise)
  expect(spans.map(({ holder, days }) => [holder.name, days])).toEqual([
    ['荷塘区', 1],
    ['自然资源局', 3],
    ['荷塘区', 2],
  ])
})

describe('the steps', () => {
  const step = (
    id: number,
    phase: number,
    plannedOn: number | null,
    doneOn: number | null,
  ): StepFact => ({
    id,
    name: `步骤${id}`,
    phase,
    plannedOn: plannedOn === null ? null : day(plannedOn),
    doneOn: doneOn === null ? null : day(doneOn),
    holder: { kind: 'department', name: `部门${id}` },
  })
  const turns = (steps: StepFact[]) =>
    stepClaims(steps, day(0), day(100)).map(({ id, from, to }) => [id, from, to])

  test('take turns: of steps side by side the one planned first, until it is done', () => {
    const steps = [step(1, 1, 20, 30), step(2, 1, 10, 50), step(3, 2, 60, null)]
    expect(turns(steps)).toEqual([
      [2, day(0), day(30)],
      [2, day(30), day(50)],
      [3, day(50), day(100)],
    ])
  })

  test('what was overtaken by a later phase holds nobody up', () => {
    const steps = [step(1, 1, 20, null), step(2, 3, 40, 30), step(3, 6, null, null)]
    expect(turns(steps)).toEqual([
      [1, day(0), day(30)],
      [3, day(30), day(100)],
    ])
  })

  test('when all is done nobody has a claim', () => {
    expect(turns([step(1, 1, 20, 30)])).toEqual([[1, day(0), day(30)]])
  })
})
