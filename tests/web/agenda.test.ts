import { AgendaKind, AgendaRule } from 'api/agenda/contract'
import { proposesTo, rank, scoreOf, usualAgenda, type Weighed } from 'api/agenda/rules'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const kinds = AgendaKind.options
const anyOne = fc.record<Weighed>({
  key: fc.uuid(),
  kind: fc.constantFrom(...kinds),
  projectId: fc.option(fc.integer({ min: 1, max: 9 })),
  moneyWan: fc.integer({ min: 0, max: 1e6 }),
  days: fc.integer({ min: 0, max: 400 }),
  dependants: fc.integer({ min: 0, max: 40 }),
})
const some = fc.uniqueArray(anyOne, { maxLength: 60, selector: ({ key }) => key })
const one: Weighed = {
  key: 'a',
  kind: 'issue_work',
  projectId: null,
  moneyWan: 0,
  days: 0,
  dependants: 0,
}

test('the usual rule is one that a city could have set', () => {
  expect(AgendaRule.parse(usualAgenda)).toEqual(usualAgenda)
})

test('weight is money × days × what waits, by the rule’s own units', () => {
  expect(scoreOf({ ...one, moneyWan: 3000, days: 9, dependants: 4 }, usualAgenda)).toBe(4 * 10 * 5)
  const rule = { ...usualAgenda, exponent: { money: 0, days: 2, dependants: 0 } }
  expect(scoreOf({ ...one, moneyWan: 3000, days: 9, dependants: 4 }, rule)).toBe(100)
  expect(scoreOf(one, { ...rule, factor: { issue_work: 2.5 } })).toBe(2.5)
})

test('more money, more days or more that waits never weighs less', () => {
  fc.assert(
    fc.property(
      anyOne,
      fc.nat(1000),
      fc.constantFrom('moneyWan', 'days', 'dependants'),
      (given, more, name) => {
        const heavier = { ...given, [name as 'days']: given[name as 'days'] + more }
        expect(scoreOf(heavier, usualAgenda)).toBeGreaterThanOrEqual(scoreOf(given, usualAgenda))
      },
    ),
  )
})

test('at most ten, in order of weight, the same list from the same set in any order', () => {
  fc.assert(
    fc.property(some, fc.integer({ min: 1, max: 10 }), (given, most) => {
      const rule = { ...usualAgenda, most }
      const shown = rank(given, rule)
      expect(shown.length).toBeLessThanOrEqual(most)
      const scores = shown.map(({ score }) => score)
      expect(scores).toEqual(scores.toSorted((a, b) => b - a))
      expect(rank(given.toReversed(), rule)).toEqual(shown)
    }),
  )
})

test('no decision is shown twice, no place stays empty, and none is left that outweighs one of its kind', () => {
  fc.assert(
    fc.property(some, (given) => {
      const shown = rank(given, usualAgenda)
      expect(new Set(shown.map(({ key }) => key)).size).toBe(shown.length)
      const unique = rank(given, { ...usualAgenda, mostOfKind: 10 })
      expect(shown.length).toBe(unique.length)
      for (const kind of kinds) {
        const least = shown.filter((row) => row.kind === kind).at(-1)
        if (!least) continue
        const before = unique.filter((row) => row.kind === kind && row.score > least.score)
        for (const { key } of before) expect(shown.map((row) => row.key)).toContain(key)
      }
    }),
  )
})

test('one kind leaves room for others, and fills what they leave', () => {
  const many = Array.from({ length: 12 }, (_, at) => ({ ...one, key: `r${at}`, days: 100 + at }))
  const other = { ...one, key: 'z', kind: 'milestone_plan' as const }
  expect(rank([...many, other], usualAgenda).map(({ key }) => key)).toContain('z')
  expect(rank([...many, other], usualAgenda)).toHaveLength(10)
  expect(rank(many, usualAgenda)).toHaveLength(10)
})

test('what the data propose about a project is one decision; a kind without weight is none', () => {
  const about = (kind: Weighed['kind'], days: number) => ({
    ...one,
    key: kind,
    kind,
    days,
    projectId: 7,
  })
  const given = [about('order_project', 3), about('report_missing', 9), about('issue_work', 1)]
  expect(rank(given, usualAgenda).map(({ key }) => key)).toEqual(['report_missing', 'issue_work'])
  const rule = { ...usualAgenda, factor: { report_missing: 0 } }
  expect(rank(given, rule).map(({ key }) => key)).toEqual(['order_project', 'issue_work'])
})

test('what is proposed follows from the role', () => {
  const of = (...roles: Parameters<typeof proposesTo>[0][number][]) => [
    ...proposesTo(roles, usualAgenda),
  ]
  expect(of('department')).toEqual(['step_overdue'])
  expect(of('auditor')).toEqual([])
  expect(of('leader')).not.toEqual(of('dispatcher'))
})
