import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildTable } from 'web/project/table.ts'
import { emOf, sizeFor } from 'web/wall/fit.ts'
import { overviewOf } from 'web/wall/overview.ts'
import { seasonScale } from 'web/wall/season-panel.tsx'
import { firstLine } from 'web/wall/sentence.ts'
import { type Row, snapshotOf } from '../support/snapshot.ts'

const listed: Partial<Row> = { planKind: 0, annualWan: 1000, doneWan: 300, plannedWan: 400 }
const may = 2023 * 12 + 4

test('units come worst first, with children beside their parent and unlisted ones left out', () => {
  const table = buildTable(
    snapshotOf([
      { ...listed, unit: 1, light: 'green', reported: may },
      { ...listed, unit: 1, light: 'amber' },
      { ...listed, unit: 2, light: 'red' },
      { ...listed, unit: 2, light: 'stale' },
      { ...listed, unit: 2, light: 'red', counted: 0 },
      { unit: 2, planKind: -1, light: 'none' },
      { ...listed, unit: 3, light: 'finished' },
    ]),
  )
  const overview = overviewOf(table, [1, 2, 3, 4])
  expect(
    overview.units.map(({ unitId, judged, lateShare }) => [unitId, judged, lateShare]),
  ).toEqual([
    [2, 2, 0.5],
    [1, 2, 0.5],
    [3, 0, null],
    [4, 0, null],
  ])
  expect(overview.lights).toEqual({ red: 1, amber: 1, green: 1, stale: 1, finished: 1, none: 0 })
  expect(overview.lastMonth).toBe(5)
  expect(overview.totals).toMatchObject({
    listed: 5,
    annualWan: 5000,
    doneWan: 1500,
    fresh: 4,
    due: 5,
  })
  expect(overview.againstTime).toBeCloseTo((0.3 - 151 / 365) * 100, 9)
})

test('a project without a light is up to date once it has reported, not by saying nothing', () => {
  const aside: Partial<Row> = { ...listed, planKind: 1, light: 'none' }
  const table = buildTable(
    snapshotOf([
      { ...aside, reported: may },
      { ...aside, reported: -1 },
    ]),
  )
  expect(overviewOf(table, []).totals).toMatchObject({ fresh: 1, due: 2 })
})

test('a plan year that is over has passed as a whole, whatever day of the next one it is', () => {
  const overview = overviewOf(buildTable({ ...snapshotOf([listed]), year: 2022 }), [])
  expect(overview.elapsed).toBe(1)
  expect(overview.againstTime).toBeCloseTo(-70, 9)
})

test('before the first report of the year there is no last month', () => {
  const table = buildTable(snapshotOf([{ ...listed, reported: 2022 * 12 + 11 }]))
  expect(overviewOf(table, []).lastMonth).toBeNull()
})

test('projects that nobody planned by month or reported are neither on plan nor free of delay', () => {
  const silent: Partial<Row> = { planKind: 0, annualWan: 1000, doneWan: null, light: 'stale' }
  const overview = overviewOf(buildTable(snapshotOf([silent, silent])), [1])
  expect(overview.totals.lagPoints).toBeNull()
  const t = ((key: string, values?: object) =>
    `${key}${JSON.stringify(values ?? '')}`) as Parameters<typeof firstLine>[0]
  const line = firstLine(t, overview, String)
  expect(line).toContain('wall:say.noPlan')
  expect(line).toContain('wall:say.noRedStale')
})

test('the lag is of the projects that have one: money without a monthly plan moves it nowhere', () => {
  const unplanned: Partial<Row> = { planKind: 0, annualWan: 9000, doneWan: 8000 }
  const overview = overviewOf(buildTable(snapshotOf([listed, unplanned])), [1])
  expect(overview.totals.lagPoints).toBeCloseTo(-10, 9)
  expect(overview.totals.doneShare).toBeCloseTo(0.83, 9)
})

test('the lights of the units add up to those of the city', () => {
  const row = fc.record({
    unit: fc.integer({ min: 1, max: 4 }),
    light: fc.constantFrom('red', 'amber', 'green', 'stale', 'finished', 'none'),
    planKind: fc.constantFrom(-1, 0, 1),
    counted: fc.constantFrom(0, 1),
  })
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
      const overview = overviewOf(buildTable(snapshotOf(rows as Partial<Row>[])), [1, 2, 3, 4])
      for (const light of ['red', 'amber', 'green', 'stale', 'finished', 'none'] as const) {
        const sum = overview.units.reduce((total, unit) => total + unit.lights[light], 0)
        expect(sum).toBe(overview.lights[light])
      }
      const shares = overview.units.map((unit) => unit.lateShare ?? -1)
      expect(shares).toEqual([...shares].sort((a, b) => b - a))
    }),
  )
})

test('the sources told are those of the listed projects', () => {
  const table = buildTable(
    snapshotOf([listed, listed, { planKind: -1 }, { ...listed, counted: 0 }]),
  )
  const { provenance, totals } = overviewOf(table, [1])
  expect(provenance.reduce((sum, { projects }) => sum + projects, 0)).toBe(totals.listed)
})

test('the sentence writes figures as the panels do: grouped, with a true minus', () => {
  const far = { ...listed, doneWan: -999_999, lagPoints: -99_999.96 }
  const overview = overviewOf(buildTable(snapshotOf([far])), [1])
  const t = ((key: string, values?: object) =>
    `${key}${JSON.stringify(values ?? '')}`) as Parameters<typeof firstLine>[0]
  const line = firstLine(t, overview, String)
  expect(line).toContain('−100.00')
  expect(line).toContain('100,039.9')
  expect(line).not.toMatch(/-\d/)
})

test('bars of a month that took money back go down from nought, none has a negative height', () => {
  const amounts = [100, -50, 0, null]
  const months = amounts.map((actualWan, index) => ({
    month: `2023-0${index + 1}-01`,
    plannedWan: 80,
    actualWan,
  }))
  const { floor, barOf } = seasonScale({ year: 2023, months } as never)
  const bars = amounts.map((wan) => barOf(wan ?? 0))
  expect(bars.every(({ height }) => height >= 0)).toBe(true)
  expect(bars.map(({ y, height }) => [y < floor, y + height > floor])).toEqual([
    [true, false],
    [false, true],
    [false, false],
    [false, false],
  ])
})

test('a figure is as large as its place allows, and never too small to read', () => {
  expect(sizeFor('319.40', 27, 6)).toBe(6)
  const long = sizeFor('10,000,316.33', 27, 6)
  expect(long).toBeLessThan(6)
  expect(long * emOf('10,000,316.33')).toBeLessThanOrEqual(27.01)
  expect(sizeFor('9'.repeat(60), 27, 6)).toBe(2.7)
})
