import { exactTest } from 'geo/exact-test'
import { falseDiscovery } from 'geo/false-discovery'
import { gammaTail } from 'geo/gamma-tail'
import { mannKendall } from 'geo/mann-kendall'
import { normalTail } from 'geo/normal-tail'
import { pearsonTail } from 'geo/shuffle-tail'
import { describe, expect, test } from 'vitest'

const isNear = (value: number, expected: number, share = 1e-9) =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(share * Math.abs(expected))

describe('as scipy 1.17.1 has them', () => {
  test('the normal tail', () => {
    isNear(normalTail(-3), 0.9986501019683699)
    isNear(normalTail(0), 0.5)
    isNear(normalTail(0.5), 0.3085375387259869)
    isNear(normalTail(3), 0.0013498980316300933)
    isNear(normalTail(10), 7.61985302416047e-24)
  })

  test('the gamma tail', () => {
    isNear(gammaTail(0.5, 0.2), 0.5270892568655381)
    isNear(gammaTail(0.5, 30), 9.485737571073857e-15)
    isNear(gammaTail(3, 2.5), 0.5438131158833297)
    isNear(gammaTail(25, 40), 0.00448265656557319)
    isNear(gammaTail(400, 500), 1.6472192644087128e-6)
    isNear(gammaTail(400, 390), 0.6870571368144122)
    isNear(gammaTail(1e6, 1.003e6), 0.0013617406462175913, 1e-7)
  })

  test('Pearson’s type III', () => {
    isNear(pearsonTail(3, 1.2), 0.012211518898413537)
    isNear(pearsonTail(4, 0.5), 0.0006599275525999399)
    isNear(pearsonTail(2, -0.8), 0.0012028120108680347)
    isNear(pearsonTail(1, 3), 0.11713114066088334)
    isNear(pearsonTail(-1, 0.4), 0.8432273781737623)
    isNear(pearsonTail(5, 0.05), 7.400596196686394e-7)
    // where the two shapes meet there is no step
    isNear(pearsonTail(3, 1.001e-3), pearsonTail(3, 0.999e-3), 1e-2)
  })

  test('Fisher’s exact test', () => {
    isNear(exactTest(7, 9, 12, 49), 0.0002657672382717416)
    isNear(exactTest(3, 3, 10, 50), 0.006122448979591838)
    isNear(exactTest(1, 9, 12, 49), 0.9394469182292403)
    isNear(exactTest(14, 27, 56, 458), 2.0616128906019737e-7)
    expect(exactTest(0, 5, 3, 20)).toBe(1)
    expect(() => exactTest(4, 3, 10, 50)).toThrow('table_invalid')
  })

  test('Benjamini–Hochberg', () => {
    const p = [0.001, 0.039, 0.008, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216]
    const expected = [0.01, 0.084, 0.04, 0.084, 0.084, 0.1, 0.1057142857142857, 0.216, 0.216, 0.216]
    for (const [at, value] of falseDiscovery(p).entries()) isNear(value, expected[at] ?? 0)
  })
})

test('what was not tested does not count among those that were', () => {
  const adjusted = falseDiscovery([0.01, Number.NaN, 0.04, Number.NaN])
  expect([...adjusted]).toEqual([0.02, Number.NaN, 0.04, Number.NaN])
  expect([...falseDiscovery([])]).toEqual([])
})

describe('Mann–Kendall', () => {
  test('a series that always rises or falls', () => {
    const rising = mannKendall([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect([rising.s, rising.tau]).toEqual([45, 1])
    // (45 − 1) / √(10 · 9 · 25 / 18)
    isNear(rising.z, 44 / Math.sqrt(125))
    isNear(rising.p, 2 * normalTail(44 / Math.sqrt(125)))
    const falling = mannKendall([9, 7, 5, 3, 1])
    expect([falling.s, falling.z < 0]).toEqual([-10, true])
  })

  test('equal values count for neither side and lower the variance', () => {
    const { s, z } = mannKendall([1, 1, 1, 1, 2, 2, 2, 2, 3, 3])
    expect(s).toBe(32)
    const variance = (10 * 9 * 25 - 2 * (4 * 3 * 13) - 2 * 1 * 9) / 18
    isNear(z, 31 / Math.sqrt(variance))
    expect(mannKendall([4, 4, 4])).toEqual({ s: 0, tau: 0, z: 0, p: 1 })
    expect(mannKendall([]).p).toBe(1)
  })
})
