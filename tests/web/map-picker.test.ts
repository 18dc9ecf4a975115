import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Candidate, meant, rankCandidates, reach } from 'web/map/picker.ts'

const at = (id: number | null, x: number, y: number, radius = 8): Candidate => ({
  id,
  x,
  y,
  radius,
})

describe('rankCandidates', () => {
  it('forgives a mouse 12 px and a finger 22 px beyond the symbol', () => {
    const symbol = [at(1, 100, 100)]
    expect(rankCandidates(symbol, { x: 120, y: 100 }, 'mouse')).toEqual(symbol)
    expect(rankCandidates(symbol, { x: 121, y: 100 }, 'mouse')).toEqual([])
    expect(rankCandidates(symbol, { x: 130, y: 100 }, 'touch')).toEqual(symbol)
    expect(rankCandidates(symbol, { x: 131, y: 100 }, 'touch')).toEqual([])
  })
  it('puts the nearest centre first when the pointer is inside several', () => {
    const ids = rankCandidates(
      [at(1, 95, 100, 20), at(2, 99, 100, 20), at(3, 90, 100, 20)],
      { x: 100, y: 100 },
      'mouse',
    )
    expect(ids.map(({ id }) => id)).toEqual([2, 1, 3])
  })
  it('names a project once although two tiles hold it', () => {
    expect(rankCandidates([at(7, 10, 10), at(7, 10, 10)], { x: 10, y: 10 }, 'mouse')).toEqual([
      at(7, 10, 10),
    ])
  })
  it('never gives what is out of reach, always in order of distance', () => {
    const candidate = fc.record({
      id: fc.nat(1000),
      x: fc.integer({ min: 0, max: 200 }),
      y: fc.integer({ min: 0, max: 200 }),
      radius: fc.integer({ min: 4, max: 20 }),
    })
    fc.assert(
      fc.property(fc.array(candidate), fc.constantFrom('mouse', 'touch'), (all, kind) => {
        const pointer = { x: 100, y: 100 }
        const gaps = rankCandidates(all, pointer, kind).map((one) =>
          Math.max(0, Math.hypot(one.x - 100, one.y - 100) - one.radius),
        )
        expect(gaps.every((gap) => gap <= reach[kind])).toBe(true)
        expect(gaps).toEqual([...gaps].sort((a, b) => a - b))
      }),
    )
  })
})

describe('meant', () => {
  it('is one project when its neighbours stand clear of it', () => {
    expect(meant([at(1, 100, 100), at(2, 110, 100)], 'mouse')).toEqual([at(1, 100, 100)])
  })
  it('is all of those at one place', () => {
    const same = [at(1, 100, 100), at(2, 100, 100), at(3, 103, 104)]
    expect(meant(same, 'mouse')).toEqual(same)
  })
  it('is the cluster alone when it is nearest', () => {
    expect(meant([at(null, 100, 100), at(null, 101, 100)], 'mouse')).toHaveLength(1)
  })
})
