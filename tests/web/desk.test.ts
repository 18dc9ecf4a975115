import type { InvestmentMonth } from 'api/investment/contract'
import type { Report } from 'api/report/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundsOf } from 'web/desk/place.ts'
import { monthsOf, plannedUpTo } from 'web/investment/monthly.ts'
import { facetCounts } from 'web/project/facet.ts'
import { filterRows, noFilter } from 'web/project/filter.ts'
import { orderRows } from 'web/project/project-order.ts'
import { buildTable } from 'web/project/table.ts'
import { missingMonths } from 'web/report/months.ts'
import { readDesk, sortKeys, writeDesk } from 'web/shell/url-state.ts'
import { snapshotOf } from '../support/snapshot.ts'

const row = fc.record({
  unit: fc.integer({ min: 1, max: 4 }),
  light: fc.constantFrom('red', 'amber', 'green', 'stale', 'finished', 'none'),
  planKind: fc.constantFrom(-1, 0, 1),
  totalWan: fc.option(fc.integer({ min: 0, max: 1000 })),
  annualWan: fc.option(fc.integer({ min: 0, max: 1000 })),
  reported: fc.constantFrom(-1, 2023 * 12 + 3, 2023 * 12 + 4),
})
const tables = fc.array(row, { maxLength: 40 }).map((rows) => buildTable(snapshotOf(rows)))

test('ordering keeps every row once and puts unknown values last, either way round', () => {
  fc.assert(
    fc.property(tables, fc.constantFrom(...sortKeys), fc.boolean(), (table, key, descending) => {
      const rows = filterRows(table, noFilter)
      const ordered = orderRows(table, rows, key, descending)
      expect([...ordered].sort((a, b) => a - b)).toEqual([...rows])
      const totals = [...ordered].map((index) => table.totalWan[index] ?? Number.NaN)
      if (key !== 'total') return
      const known = totals.filter((wan) => !Number.isNaN(wan))
      expect(totals.slice(0, known.length)).toEqual(known)
      expect(known).toEqual([...known].sort((a, b) => (descending ? b - a : a - b)))
    }),
  )
})

test('the order of urgency is worst light first, silence before green, then the largest annual plan', () => {
  const table = buildTable(
    snapshotOf([
      { light: 'green', annualWan: 900 },
      { light: 'red', annualWan: 100 },
      { light: 'red', annualWan: 500 },
      { light: 'none' },
      { light: 'amber' },
      { light: 'stale' },
    ]),
  )
  const rows = filterRows(table, noFilter)
  expect([...orderRows(table, rows, 'light', false)]).toEqual([2, 1, 4, 5, 0, 3])
})

test('a word in a link that nobody knows is no condition, beside one that is known neither', () => {
  const table = buildTable(snapshotOf([{ light: 'green' }, { light: 'red' }]))
  const search = { light: 'nope', category: 'x', stage: 'y', source: 'z' }
  expect([...filterRows(table, readDesk(search).filter)]).toEqual([0, 1])
  expect([...filterRows(table, readDesk({ light: 'nope,red' }).filter)]).toEqual([1])
})

test('the count beside an option is what choosing it alone gives', () => {
  fc.assert(
    fc.property(tables, fc.integer({ min: 1, max: 4 }), (table, unit) => {
      const filter = { ...noFilter, light: ['red' as const], unit: [3] }
      const counts = facetCounts(table, filter, 'unit')
      const chosen = filterRows(table, { ...filter, unit: [unit] })
      expect(counts.get(unit) ?? 0).toBe(chosen.length)
      const byList = facetCounts(table, noFilter, 'listed')
      expect((byList.get('yes') ?? 0) + (byList.get('no') ?? 0)).toBe(table.count)
    }),
  )
})

test('the state of the desk survives the URL', () => {
  const state = readDesk({
    unit: '3,4',
    light: 'red,stale',
    source: 'published',
    listed: 'yes',
    min: '100.5',
    q: '智能 hg',
    project: '17',
    asOf: '2023-03-31',
    sort: 'lag.desc',
    columns: '1',
  })
  expect(readDesk(writeDesk(state))).toEqual(state)
  expect(writeDesk(readDesk({}))).toEqual({})
})

const month = (
  number: number,
  fundSource: string,
  plannedWan: number | null,
  actualWan: number | null,
): InvestmentMonth => ({
  month: `2023-${String(number).padStart(2, '0')}-01`,
  fundSource,
  plannedWan,
  actualWan,
  provenance: 'reported',
})

test('a total replaces its parts; sums stop after the last month reported', () => {
  const months = monthsOf(
    [
      month(1, 'total', 10, 8),
      month(1, 'bank', 4, 3),
      month(2, 'bank', 5.1, 2.2),
      month(2, 'own', 0.2, null),
      month(4, 'total', 7, null),
      { ...month(1, 'total', 99, 99), month: '2022-12-01' },
    ],
    2023,
  )
  expect(months.map((one) => one.plannedSum)).toEqual([
    10, 15.3, 15.3, 22.3, 22.3, 22.3, 22.3, 22.3, 22.3, 22.3, 22.3, 22.3,
  ])
  expect(months.slice(0, 3).map((one) => one.actualSum)).toEqual([8, 10.2, null])
})

test('money planned up to a month counts a total once, not beside its parts', () => {
  const rows = [month(1, 'total', 10, 8), month(1, 'bank', 4, 3), month(3, 'own', 2, null)]
  expect(plannedUpTo(rows, '2023-02-01')).toBe(10)
  expect(plannedUpTo(rows, '2023-03-01')).toBe(12)
  expect(plannedUpTo([month(1, 'total', null, 8)], '2023-02-01')).toBeNull()
})

test('only months of the year that have begun and are missing can be reported', () => {
  const reported = (text: string, status: Report['status'] = 'submitted') =>
    ({ month: `${text}-01`, status }) as Report
  expect(missingMonths([reported('2023-01', 'returned')], '2023-01-31')).toContain('2023-01')
  expect(missingMonths([reported('2023-02'), reported('2023-04')], '2023-05-31')).toEqual([
    '2023-05',
    '2023-03',
    '2023-01',
  ])
  expect(missingMonths([], '2024-01-02')).toEqual(['2024-01', '2023-12'])
  expect(missingMonths([reported('2024-01'), reported('2023-12')], '2024-01-02')).toEqual([])
})

test('bounds hold all chosen shapes and are null without any', () => {
  const square = (id: number, west: number) => ({
    id,
    geometry: {
      coordinates: [
        [
          [
            [west, 27],
            [west + 1, 27],
            [west + 1, 28],
            [west, 27],
          ],
        ],
      ],
    },
  })
  const shapes = { features: [square(1, 112), square(2, 113)] }
  expect(boundsOf(shapes, [1, 2])).toEqual([112, 27, 114, 28])
  expect(boundsOf(shapes, [2])).toEqual([113, 27, 114, 28])
  expect(boundsOf(shapes, [9])).toBeNull()
  expect(boundsOf(undefined, [1])).toBeNull()
})
