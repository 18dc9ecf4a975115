import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barCells, lightOrder, noCounts } from 'web/light/light.ts'
import { fontFamilies } from 'web/map/palette.ts'
import { sizeOf } from 'web/map/scale.ts'

const counts = fc.record({
  red: fc.nat(500),
  amber: fc.nat(500),
  green: fc.nat(500),
  stale: fc.nat(500),
  finished: fc.nat(500),
  none: fc.nat(500),
})
const total = (cells: Record<string, number>) => Object.values(cells).reduce((a, b) => a + b, 0)

describe('barCells', () => {
  it('fills the bar, shows every light that occurs and none that does not', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const cells = barCells(given, 12)
        expect(total(cells)).toBe(total(given) === 0 ? 0 : 12)
        for (const light of lightOrder) expect(cells[light] > 0).toBe(given[light] > 0)
      }),
    )
  })
  it('shares by size', () => {
    expect(barCells({ ...noCounts(), red: 30, green: 60, stale: 30 }, 12)).toEqual({
      ...noCounts(),
      red: 3,
      green: 6,
      stale: 3,
    })
  })
  it('keeps one red among a thousand visible', () => {
    expect(barCells({ ...noCounts(), red: 1, green: 999 }, 12)).toEqual({
      ...noCounts(),
      red: 1,
      green: 11,
    })
  })
})

describe('sizeOf', () => {
  it('grows with the total in 万元; what is not known is smallest', () => {
    expect([null, Number.NaN, 9_999.99, 10_000, 199_999, 200_000, 5_000_000].map(sizeOf)).toEqual([
      0.8, 0.8, 0.8, 1, 1.2, 1.45, 1.75,
    ])
  })
})

describe('fontFamilies', () => {
  it('takes quotes and the generic name away', () => {
    expect(fontFamilies(`'Noto Sans SC', "PingFang SC", Arial, sans-serif`)).toEqual([
      'Noto Sans SC',
      'PingFang SC',
      'Arial',
    ])
  })
  it('never gives an empty list', () => {
    expect(fontFamilies('')).toEqual(['sans-serif'])
  })
})
