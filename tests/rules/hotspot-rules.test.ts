import type { HotspotSite } from 'api/hotspot/contract'
import { coursesOf, type Period } from 'api/hotspot/course'
import { Held } from 'api/hotspot/held'
import { mapOf } from 'api/hotspot/map'
import type { Measured } from 'api/hotspot/measure'
import { periodEnds } from 'api/hotspot/period'
import { usualHotspot } from 'api/hotspot/setting'
import { type Bearer, sharedTraits, type Trait } from 'api/hotspot/trait'
import { describe, expect, test } from 'vitest'

const rule = usualHotspot

describe('what late projects share', () => {
  const land: Trait = { kind: 'cause', name: '征地拆迁' }
  const money: Trait = { kind: 'cause', name: '资金' }
  const many = (count: number, bearer: Partial<Bearer> = {}): Bearer[] =>
    Array.from({ length: count }, () => ({ unitId: 1, isLate: true, traits: [], ...bearer }))

  test('a cause of seven of nine here and of five of forty elsewhere is told with its figures', () => {
    const here = [
      ...many(7, { traits: [land] }),
      ...many(2, { traits: [money] }),
      ...many(9, { isLate: false }),
    ]
    const elsewhere = [
      ...many(5, { unitId: 2, traits: [land, land] }),
      ...many(35, { unitId: 2, traits: [money] }),
      ...many(300, { unitId: 2, isLate: false, traits: [land] }),
    ]
    const { traits, tried } = sharedTraits(here, elsewhere, 0.05)
    expect(tried).toBe(2)
    expect(traits).toHaveLength(1)
    expect(traits[0]).toMatchObject({ ...land, here: 7, hereOf: 9, elsewhere: 5, elsewhereOf: 40 })
    expect(traits[0]?.p).toBeCloseTo(0.0002657672382717416, 12)
    expect(traits[0]?.adjustedP).toBeCloseTo(2 * 0.0002657672382717416, 12)
    expect(traits[0]?.sentence).toBe(
      '9 个滞后项目中 7 个卡在征地拆迁，其余地方 13%（40 个中 5 个）；p<0.001',
    )
  })

  test('a body of the place’s own is not tried, one of the whole city is', () => {
    const own: Trait = { kind: 'department', name: '荷塘区科技局' }
    const wide: Trait = { kind: 'department', name: '自然资源局' }
    const here = many(8, { traits: [own, wide] })
    const elsewhere = [
      ...many(30, { unitId: 2 }),
      ...many(1, { unitId: 2, isLate: false, traits: [wide] }),
    ]
    const { traits, tried } = sharedTraits(here, elsewhere, 0.05)
    expect([tried, traits.map(({ name }) => name)]).toEqual([1, ['自然资源局']])
  })

  test('nothing to compare with says nothing', () => {
    expect(sharedTraits(many(9, { traits: [land] }), [], 0.05).traits).toEqual([])
    expect(sharedTraits([], [], 0.05)).toEqual({ traits: [], tried: 0 })
  })
})

describe('the course of a place', () => {
  const id = '874189810ffffff'
  const site = (z: number | null, state: HotspotSite['state'], mean = 5): HotspotSite => ({
    id,
    lon: 113.2,
    lat: 27.8,
    projects: 9,
    late: 3,
    around: 12,
    lateAround: 4,
    mean,
    z,
    p: 0.01,
    shuffleP: 0.01,
    adjustedP: 0.02,
    state,
    place: state === 'hot' ? id : null,
  })
  const periods = (
    values: [z: number | null, state: HotspotSite['state'], mean?: number][],
  ): Period[] =>
    values.map(([z, state, mean], at) => ({
      date: `2023-01-${String(at + 1).padStart(2, '0')}`,
      mean: 1,
      sites: [site(z, state, mean)],
      places: [],
    }))
  const rising = (count: number, mean: (at: number) => number) =>
    periods(Array.from({ length: count }, (_, at) => [2 + at, at < 3 ? 'calm' : 'hot', mean(at)]))
  const courseOf = (rows: Period[]) => coursesOf(rows, rule, 'week')[0]

  test('hot for the first time is new, hot no longer is fading, in between persistent', () => {
    expect(
      courseOf(
        periods([
          [1, 'calm'],
          [null, 'short'],
          [4, 'hot'],
        ]),
      ),
    ).toMatchObject({
      course: 'new',
      isHot: true,
      z: [1, null, 4],
      state: ['calm', 'short', 'hot'],
      trend: null,
      judged: 2,
    })
    expect(
      courseOf(
        periods([
          [4, 'hot'],
          [1, 'calm'],
        ]),
      ),
    ).toMatchObject({ course: 'fading', isHot: false })
    expect(
      courseOf(
        periods([
          [4, 'hot'],
          [5, 'hot'],
        ]),
      )?.course,
    ).toBe('persistent')
    expect(
      coursesOf(
        periods([
          [1, 'calm'],
          [1, 'calm'],
        ]),
        rule,
        'week',
      ),
    ).toEqual([])
  })

  test('a trend needs ten periods, and a delay that goes the same way', () => {
    expect(courseOf(rising(9, (at) => 5 + at))).toMatchObject({
      course: 'persistent',
      trend: null,
      judged: 9,
    })
    const up = courseOf(rising(10, (at) => 5 + at))
    expect(up).toMatchObject({
      course: 'intensifying',
      judged: 10,
      trend: { s: 45, direction: 'rising' },
    })
    expect(up?.sentence).toContain(
      '加剧；10 周中 7 次为热点，现在是热点；Mann–Kendall τ=1.00，p<0.001',
    )
    expect(courseOf(rising(10, (at) => 50 - at))?.course).toBe('persistent')
    const down = Array.from({ length: 10 }, (_, at): [number, 'hot', number] => [
      20 - at,
      'hot',
      50 - at,
    ])
    expect(courseOf(periods(down))?.course).toBe('fading')
  })

  test('periods without new figures are no observations', () => {
    const twice = rising(7, (at) => 5 + at).flatMap((period) => [period, period])
    expect(courseOf(twice)).toMatchObject({ course: 'persistent', trend: null, judged: 7 })
    expect(courseOf(twice)?.sentence).toContain('有新数据的只有 7 期，不足 10 期，不判断趋势')
  })
})

test('periods end with the day asked for; months before it with the calendar’s', () => {
  expect(periodEnds('2023-05-31', { every: 'month', periods: 4 })).toEqual([
    '2023-02-28',
    '2023-03-31',
    '2023-04-30',
    '2023-05-31',
  ])
  expect(periodEnds('2023-05-10', { every: 'month', periods: 2 })).toEqual([
    '2023-04-30',
    '2023-05-10',
  ])
  expect(periodEnds('2023-03-02', { every: 'week', periods: 2 })).toEqual([
    '2023-02-23',
    '2023-03-02',
  ])
  expect(periodEnds('2023-03-01', { every: 'day', periods: 2 })).toEqual([
    '2023-02-28',
    '2023-03-01',
  ])
})

test('an answer is worked out once for all who ask meanwhile; a failure is not kept', async () => {
  const held = new Held()
  let times = 0
  const work = async () => {
    times += 1
    if (times === 1) throw new Error('once')
    return times
  }
  await expect(held.of('a', work)).rejects.toThrow('once')
  expect(await Promise.all([held.of('a', work), held.of('a', work)])).toEqual([2, 2])
  expect(await held.of('b', work)).toBe(3)
})

test('a band with more pairs than fit is refused with what would be right', () => {
  const fact = { id: 1, lon: 113, lat: 27, annualWan: 1 } as Measured['fact']
  const crowd = Array.from({ length: 9000 }, () => ({ fact, lag: 1, slip: null, issue: 0 }))
  const wide = { ...rule, basis: 'project' as const, bandKm: 40 }
  expect(() => mapOf(crowd, wide)).toThrow(
    '相距 40 公里以内的项目对太多，算不下，请把半径改小，如 10 公里',
  )
})
