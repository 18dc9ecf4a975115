import { gcj02ToWgs84 } from 'geo/gcj02'
import { expect, test } from 'vitest'
import { mapApps } from 'web/field/navigate.ts'
import { distanceText, nearest } from 'web/field/nearest.ts'
import { buildTable } from 'web/project/table.ts'
import { snapshotOf } from '../support/snapshot.ts'

const table = buildTable(
  snapshotOf([
    { name: '远处大桥', lon: 113.5, lat: 27.2, light: 'green' },
    { name: '近处厂房', lon: 113.14, lat: 27.83, light: 'green', unit: 2 },
    { name: '没有坐标', light: 'red' },
    { name: '中间学校', lon: 113.2, lat: 27.8, light: 'amber' },
  ]),
)
const names = (found: { row: number }[]) => found.map(({ row }) => table.name[row])

test('with a position the nearest is first and what has no coordinates is last', () => {
  const found = nearest(table, { text: '', unit: null, from: [113.13, 27.83] })
  expect(names(found)).toEqual(['近处厂房', '中间学校', '远处大桥', '没有坐标'])
  // 0.01° of longitude at 27.83°N
  expect(found[0]?.distanceM).toBeCloseTo(983, -1)
})

test('without a position the worst light is first', () => {
  const found = nearest(table, { text: '', unit: null, from: null })
  expect(names(found)).toEqual(['没有坐标', '中间学校', '近处厂房', '远处大桥'])
})

test('text and unit choose', () => {
  expect(names(nearest(table, { text: '大桥', unit: null, from: null }))).toEqual(['远处大桥'])
  expect(names(nearest(table, { text: '', unit: 2, from: null }))).toEqual(['近处厂房'])
  expect(nearest(table, { text: '大桥', unit: 2, from: null })).toEqual([])
})

test('distances are told as exactly as they help', () => {
  expect([3, 864, 999, 3440, 9940, 58_200].map(distanceText)).toEqual([
    '10 m',
    '860 m',
    '1000 m',
    '3.4 km',
    '9.9 km',
    '58 km',
  ])
})

test('every map app is sent to the place in its own coordinates', () => {
  const site = [113.1339, 27.8274] as const
  for (const { name, href } of mapApps(site, '厂房 & 路')) {
    const url = new URL(href)
    const text =
      url.searchParams.get('to')?.split(',').slice(0, 2).reverse().join() ??
      url.searchParams.get('location') ??
      url.searchParams.get('daddr') ??
      ''
    const [lat, lon] = (name === 'tencent' ? (url.searchParams.get('tocoord') ?? '') : text)
      .split(',')
      .map(Number)
    const back = gcj02ToWgs84([lon ?? 0, lat ?? 0])
    expect(back[0]).toBeCloseTo(site[0], 5)
    expect(back[1]).toBeCloseTo(site[1], 5)
    expect(Math.abs((lon ?? 0) - site[0])).toBeGreaterThan(0.003)
  }
})

test('a name with signs stays whole in the link', () => {
  const [amap] = mapApps([113.1339, 27.8274], '厂房 & 路')
  expect(new URL(amap?.href ?? '').searchParams.get('to')).toMatch(/,厂房 & 路$/)
})
