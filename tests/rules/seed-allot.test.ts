import { allot } from 'api/db/seed/allot'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const weights = fc.array(fc.double({ min: 0.01, max: 1000, noNaN: true }), {
  minLength: 1,
  maxLength: 60,
})

test('categories of 549 projects in the proportions of 570', () => {
  const parts = allot(
    549,
    [358, 123, 65, 24].map((weight) => ({ weight })),
  )
  expect(parts).toEqual([345, 118, 63, 23])
})

test('parts add up exactly and are within one of their proportion', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60_000_000 }), weights, (total, list) => {
      const parts = allot(
        total,
        list.map((weight) => ({ weight })),
      )
      const sum = list.reduce((all, weight) => all + weight, 0)
      expect(parts.reduce((all, part) => all + part, 0)).toBe(total)
      for (const [index, part] of parts.entries()) {
        expect(Math.abs(part - (total * (list[index] ?? 0)) / sum)).toBeLessThan(1 + 1e-6)
      }
    }),
  )
})

test('no part passes its limit, and what it cannot take goes to the others', () => {
  const limited = fc.array(
    fc.record({
      weight: fc.double({ min: 0.01, max: 1000, noNaN: true }),
      most: fc.integer({ min: 0, max: 5000 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  fc.assert(
    fc.property(limited, fc.double({ min: 0, max: 1, noNaN: true }), (shares, fraction) => {
      const room = shares.reduce((sum, share) => sum + share.most, 0)
      const total = Math.floor(room * fraction)
      const parts = allot(total, shares)
      expect(parts.reduce((all, part) => all + part, 0)).toBe(total)
      for (const [index, part] of parts.entries()) {
        expect(part).toBeLessThanOrEqual(shares[index]?.most ?? 0)
      }
    }),
  )
})

test('limits without room are refused', () => {
  expect(() => allot(11, [{ weight: 1, most: 10 }])).toThrow(/^ALLOT_IMPOSSIBLE: /)
  expect(() => allot(1, [{ weight: 0 }])).toThrow(/^ALLOT_IMPOSSIBLE: /)
  expect(allot(0, [{ weight: 0 }, { weight: 0 }])).toEqual([0, 0])
})
