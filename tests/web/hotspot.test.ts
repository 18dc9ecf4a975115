import fc from 'fast-check'
import { outlineOf } from 'geo/h3-cell'
import { expect, test } from 'vitest'
import { bases, beyondRule, measures, readAsk, writeAsk } from 'web/hotspot/ask.ts'
import { hotspotFeatures } from 'web/hotspot/hotspot-layer.ts'
import { levelOf } from 'web/hotspot/level.ts'
import { pText } from 'web/hotspot/place-words.ts'
import { boundsOfSites } from 'web/hotspot/site-bounds.ts'
import { playlistOf } from 'web/wall/playlist.ts'

test('what a reader asks for comes back from the address as it was', () => {
  const wish = fc.record(
    {
      measure: fc.constantFrom(...measures),
      weighted: fc.boolean(),
      basis: fc.constantFrom(...bases),
      bandKm: fc.integer({ min: 1, max: 60 }),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(wish, (ask) => {
      expect(readAsk(writeAsk(ask))).toEqual(ask)
    }),
  )
})

test.each(['', 'zoom', 'slip.slip', '0', '900', '-3', '../..'])(
  'an address that says %j asks for nothing that is not there',
  (text) => {
    const { measure, ...rest } = readAsk(text)
    expect(rest).toEqual({})
    expect(measure).toBe(text.startsWith('slip') ? 'slip' : undefined)
  },
)

test('a wish that is no other than the rule is none', () => {
  const rule = { measure: 'lag', weighted: false, basis: 'cell', bandKm: 3 } as never
  expect(beyondRule(rule, { measure: 'lag', basis: 'project', bandKm: 3 })).toEqual({
    basis: 'project',
  })
})

const site = { id: '874189810ffffff', lon: 113.2, lat: 27.9, z: 5, p: 0, place: 'a' } as const

test('a hot site is drawn by fixed breaks, a cell by its outline, a project as a point', () => {
  const hot = (adjustedP: number) => levelOf({ state: 'hot', adjustedP })
  expect([0.0005, 0.001, 0.0011, 0.01, 0.049, 0.3].map(hot)).toEqual([3, 3, 2, 2, 1, 1])
  expect(levelOf({ state: 'calm', adjustedP: 0.0001 })).toBe(0)
  const sites = [{ ...site, adjustedP: 0.002, state: 'hot' as const }]
  const ring = outlineOf(site.id)
  expect(ring).toHaveLength(7)
  expect(ring[0]).toEqual(ring[6])
  const [cell] = hotspotFeatures(sites, new Map([[site.id, ring]])).features
  expect(cell?.geometry).toEqual({ type: 'Polygon', coordinates: [ring] })
  expect(cell?.properties).toEqual({ state: 'hot', place: 'a', level: 2 })
  const [point] = hotspotFeatures(sites, null).features
  expect(point?.geometry).toEqual({ type: 'Point', coordinates: [113.2, 27.9] })
})

test('a place of several cells is marked once, in their middle, and none where nothing is hot', () => {
  const hot = { ...site, state: 'hot' as const, adjustedP: 0.004 }
  const next = { ...hot, lon: 113.4, lat: 28.1 }
  const calm = { ...hot, state: 'calm' as const, place: null }
  const marks = hotspotFeatures([hot, next, calm], new Map()).features
  expect(marks.map(({ properties }) => properties)).toEqual([{ state: 'mark', place: 'a' }])
  expect(marks[0]?.geometry).toEqual({
    type: 'Point',
    coordinates: [expect.closeTo(113.3, 9), expect.closeTo(28, 9)],
  })
  expect(hotspotFeatures([calm], new Map()).features).toEqual([])
})

test('a place is looked at with what lies around it', () => {
  const [west, south, east, north] = boundsOfSites([site, { ...site, lon: 113.4 }], 'a') ?? []
  expect([west, south, east, north]).toEqual(
    [113.15, 27.85, 113.45, 27.95].map((edge) => expect.closeTo(edge, 9)),
  )
  expect(boundsOfSites([site], 'b')).toBeNull()
})

test('a p is never written as nothing', () => {
  expect([0, 0.00099, 0.0131, 1].map(pText)).toEqual(['p<0.001', 'p<0.001', 'p=0.013', 'p=1.000'])
})

test('the scenes are those of the address, else of the city', () => {
  const city = { scenes: ['hotspot', 'overview'] as ('overview' | 'hotspot')[], dwellSeconds: 90 }
  expect(playlistOf({}, undefined)).toEqual({ scenes: ['overview'], dwellSeconds: 60 })
  expect(playlistOf({}, city)).toEqual(city)
  expect(playlistOf({ scene: 'hotspot', dwell: '20' }, city)).toEqual({
    scenes: ['hotspot'],
    dwellSeconds: 20,
  })
  expect(playlistOf({ scene: 'film', dwell: '-1' }, city)).toEqual(city)
})
