import fc from 'fast-check'
import { random } from 'geo/random'
import { describe, expect, test } from 'vitest'

describe('the stream of a seed', () => {
  test('is the same on every machine', () => {
    // the first three as computed by a second implementation, in Python's unbounded integers
    const stream = random('zhuzhou-2023')
    expect(stream.uniform()).toBe(0.8261905483785634)
    expect(stream.uniform()).toBe(0.9690832297506891)
    expect(stream.integer(1, 549)).toBe(329)
    expect(stream.normal()).toBeCloseTo(-1.0400500831583763, 14)
  })

  test('depends on the whole seed', () => {
    const seeds = ['', 'a', 'b', 'ab', 'ba', '株洲', '株州']
    expect(new Set(seeds.map((seed) => random(seed).uniform())).size).toBe(seeds.length)
  })

  test('a fork is not moved by use of its parent, nor the parent by its forks', () => {
    const used = random('seed')
    used.uniform()
    expect(used.fork('report').uniform()).toBe(random('seed').fork('report').uniform())
    expect(random('seed').fork('report').uniform()).not.toBe(random('seed').fork('plan').uniform())
    const forked = random('seed')
    forked.fork('report').uniform()
    expect(forked.uniform()).toBe(random('seed').uniform())
  })
})

describe('distributions', () => {
  test('uniform stays in [min, max) and fills ten bins evenly', () => {
    const stream = random('uniform')
    const bins = new Array<number>(10).fill(0)
    for (let draw = 0; draw < 100_000; draw++) {
      const bin = Math.floor(stream.uniform(-5, 5) + 5)
      bins[bin] = (bins[bin] ?? 0) + 1
    }
    expect(bins.length).toBe(10)
    expect(bins.reduce((sum, count) => sum + count)).toBe(100_000)
    // 27.88 is the 0.999 quantile of chi-square with 9 degrees of freedom
    expect(bins.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.88)
  })

  test('normal has the mean, deviation and tails asked for', () => {
    const stream = random('normal')
    const values = Array.from({ length: 100_000 }, () => stream.normal(100, 15))
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
    expect(Math.abs(mean - 100)).toBeLessThan(0.2)
    expect(Math.abs(Math.sqrt(variance) - 15)).toBeLessThan(0.2)
    const beyondTwo = values.filter((value) => Math.abs(value - 100) > 30).length / values.length
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.003)
  })

  test('integer gives both ends and nothing outside', () => {
    const stream = random('integer')
    const seen = new Set(Array.from({ length: 1000 }, () => stream.integer(-1, 2)))
    expect([...seen].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2])
    expect(stream.integer(7, 7)).toBe(7)
  })

  test('weighted choice follows the weights and never takes weight 0', () => {
    const stream = random('weights')
    const weights: Record<string, number> = { never: 0, once: 1, thrice: 3 }
    const counts = { never: 0, once: 0, thrice: 0 }
    for (let draw = 0; draw < 40_000; draw++) {
      counts[
        stream.pickWeighted(['never', 'once', 'thrice'] as const, (item) => weights[item] ?? 0)
      ]++
    }
    expect(counts.never).toBe(0)
    expect(Math.abs(counts.once / 40_000 - 0.25)).toBeLessThan(0.01)
  })

  test('shuffle keeps every item, leaves its list alone and reaches every order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.string(), (items, seed) => {
        const before = [...items]
        const shuffled = random(seed).shuffle(items)
        expect(items).toEqual(before)
        expect([...shuffled].sort()).toEqual([...items].sort())
      }),
    )
    const stream = random('orders')
    const orders = new Set(Array.from({ length: 500 }, () => stream.shuffle([1, 2, 3]).join('')))
    expect(orders.size).toBe(6)
  })

  test('an impossible draw is refused', () => {
    const stream = random('refused')
    expect(() => stream.integer(2, 1)).toThrow('range_empty: no whole number from 2 to 1')
    expect(() => stream.pick([])).toThrow('range_empty')
    expect(() => stream.pickWeighted(['a'], () => 0)).toThrow('weights_empty')
    expect(() => stream.pickWeighted(['a'], () => Number.NaN)).toThrow('weight_invalid: weight NaN')
  })
})
