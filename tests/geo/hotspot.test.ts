import fc from 'fast-check'
import { ringsAround } from 'geo/h3-cell'
import { adjoining, frameOf, type HotspotTerms, judgeSites } from 'geo/hotspot'
import { random } from 'geo/random'
import { describe, expect, test } from 'vitest'

const terms: HotspotTerms = {
  basis: 'cell',
  resolution: 7,
  rings: 1,
  bandKm: 3,
  minimum: 8,
  leastTotal: 30,
  q: 0.05,
}

/** Ten knots of twelve projects; those of knot 0 are late, of the others every tenth. */
function city() {
  const dice = random('hotspot city')
  const id = Array.from({ length: 120 }, (_, at) => at + 1)
  const near = (middle: number) => middle + dice.uniform(-0.008, 0.008)
  const lon = id.map((_, at) => near(113 + 0.12 * (Math.floor(at / 12) % 5)))
  const lat = id.map((_, at) => near(27 + 0.12 * Math.floor(at / 60)))
  const value = id.map((_, at) =>
    at < 12 || at % 10 === 0 ? dice.uniform(5, 20) : dice.uniform(0, 1),
  )
  return { id, lon, lat, value }
}
const judged = (points: ReturnType<typeof city>, by: HotspotTerms) => {
  const frame = frameOf(points, by)
  return { frame, ...judgeSites(points, frame, by) }
}

describe.each([{ basis: 'cell' as const }, { basis: 'project' as const }])(
  'on $basis',
  ({ basis }) => {
    const by = { ...terms, basis }

    test('the one knot of delay is one place, and nothing else', () => {
      const { frame, state, group, groups } = judged(city(), by)
      expect(groups).toBe(1)
      const hot = state.flatMap((one, site) => (one === 'hot' ? [site] : []))
      expect(hot.every((site) => group[site] === 0)).toBe(true)
      const { starts, items } = frame.inside
      const found = hot.flatMap((site) => [...items.subarray(starts[site], starts[site + 1])])
      expect(found.length).toBeGreaterThan(5)
      expect(found.filter((project) => project >= 12)).toEqual([])
    })

    test('of 1,000 shuffles of its values at most 5 % show any', () => {
      const points = city()
      const frame = frameOf(points, by)
      const dice = random('shuffles')
      let shown = 0
      for (let round = 0; round < 1000; round++) {
        const value = dice.shuffle(points.value)
        if (judgeSites({ value }, frame, by).groups > 0) shown += 1
      }
      expect(shown).toBeLessThanOrEqual(50)
    })

    test('the order of the projects and one of delay nowhere near change nothing', () => {
      const points = city()
      const turned = {
        id: points.id.toReversed(),
        lon: points.lon.toReversed(),
        lat: points.lat.toReversed(),
        value: points.value.toReversed(),
      }
      const [plain, other] = [judged(points, by), judged(turned, by)]
      for (const [site, id] of plain.frame.ids.entries()) {
        const same = other.frame.ids.indexOf(id)
        expect(other.state[same]).toBe(plain.state[site])
        expect(other.z[same]).toBeCloseTo(plain.z[site] ?? 0, 9)
      }
    })

    test('too few in all or all alike: nothing is judged; too few around: that site is not', () => {
      const points = city()
      const few = judged(points, { ...by, leastTotal: 121 })
      expect([few.enough, new Set(few.state)]).toEqual([false, new Set(['short'])])
      const alike = judged({ ...points, value: points.value.map(() => 3) }, by)
      expect([alike.enough, alike.groups]).toEqual([false, 0])
      const alone = judged(
        {
          id: [...points.id, 121],
          lon: [...points.lon, 114.5],
          lat: [...points.lat, 27.5],
          value: [...points.value, 100],
        },
        by,
      )
      const far = alone.frame.lon.findIndex((lon) => lon > 114)
      expect([alone.state[far], alone.z[far], alone.shuffleP[far]]).toEqual([
        'short',
        Number.NaN,
        Number.NaN,
      ])
      expect(judged({ id: [], lon: [], lat: [], value: [] }, by).state).toEqual([])
    })
  },
)

test('hot sites that adjoin are one place, however they are ordered', () => {
  const cells = ['874189810ffffff', '874189811ffffff', '87418dac8ffffff']
  const { group, groups } = adjoining(['hot', 'hot', 'hot'], ringsAround(cells, 1))
  expect([groups, [...group]]).toEqual([2, [0, 0, 1]])
})

test('with rings of 0 a cell stands for itself, whatever else there is', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.double({ min: 112, max: 114, noNaN: true }),
          fc.double({ min: 26, max: 28, noNaN: true }),
        ),
        { maxLength: 60 },
      ),
      (places) => {
        const points = {
          id: places.map((_, at) => at),
          lon: places.map(([lon]) => lon),
          lat: places.map(([, lat]) => lat),
          value: places.map(() => 1),
        }
        const { inside, around } = frameOf(points, { ...terms, rings: 0 })
        expect([around.starts, around.items]).toEqual([inside.starts, inside.items])
        expect([...inside.items].sort((a, b) => a - b)).toEqual(points.id)
      },
    ),
  )
})
