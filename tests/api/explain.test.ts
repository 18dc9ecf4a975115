/** The rows behind the figures that the server works out: each set adds up to its figure. */
import { CurveRowList, InvestmentCurve } from 'api/investment/contract'
import { Slip, SlipRowList } from 'api/milestone/slip/contract'
import { ReportTable, type ReportTableRow, TableLineList } from 'api/report/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import type { Login } from '../support/people.ts'

let site: TestApp
beforeAll(async () => {
  site = await openSmallCity()
})
afterAll(() => site.close())

const sum = (amounts: (number | null)[]) =>
  amounts.reduce<number>((all, one) => all + (one ?? 0), 0)
const read = async (login: Login, path: string): Promise<unknown> =>
  (await site.as(login).get(`/api${path}`)).json()

test.each(['dispatcher', 'unit'] as const)(
  'the months of the curve, for the %s, now and then',
  async (login) => {
    for (const asOf of ['', '&asOf=2023-03-31']) {
      const { months } = InvestmentCurve.parse(await read(login, `/investment/curve?${asOf}`))
      for (const { month, plannedWan, actualWan, reporting } of months) {
        const path = `/investment/curve/row?month=${month}${asOf}`
        const { rows } = CurveRowList.parse(await read(login, path))
        expect(sum(rows.map((row) => row.plannedWan))).toBeCloseTo(plannedWan, 2)
        expect(sum(rows.map((row) => row.actualWan))).toBeCloseTo(actualWan ?? 0, 2)
        expect(rows.filter((row) => row.actualWan !== null)).toHaveLength(reporting)
      }
    }
  },
)

test('every line of the monthly table', async () => {
  for (const month of ['2023-04-01', '2023-02-01']) {
    const table = ReportTable.parse(await read('dispatcher', `/report/table?month=${month}`))
    const lines: [string, ReportTableRow][] = [
      ['total', table.total],
      ...(['category', 'planKind', 'unit'] as const).flatMap((group) =>
        table[group].map((row): [string, ReportTableRow] => [`${group}&key=${row.key}`, row]),
      ),
    ]
    for (const [group, row] of lines) {
      const path = `/report/table/row?month=${month}&group=${group}`
      const { rows } = TableLineList.parse(await read('dispatcher', path))
      expect(rows, group).toHaveLength(row.projects)
      expect(rows.filter(({ filedOn }) => filedOn !== null)).toHaveLength(row.reported)
      expect(rows.filter(({ inTime }) => inTime)).toHaveLength(row.inTime)
      expect(sum(rows.map(({ annualWan }) => annualWan))).toBeCloseTo(row.annualWan, 2)
      expect(sum(rows.map(({ monthWan }) => monthWan))).toBeCloseTo(row.monthWan, 2)
      expect(sum(rows.map(({ doneWan }) => doneWan))).toBeCloseTo(row.doneWan, 2)
    }
  }
})

test('due and late steps', async () => {
  const { total, units } = Slip.parse(await read('dispatcher', '/milestone/slip'))
  for (const [figure, unit] of [
    [total, ''],
    ...units.map((one) => [one, `&unit=${one.unitId}`]),
  ] as const) {
    const rows = async (against: string) =>
      SlipRowList.parse(await read('dispatcher', `/milestone/slip/row?against=${against}${unit}`))
        .rows
    const original = await rows('original')
    expect(original).toHaveLength((figure as typeof total).lateOriginal)
    expect(await rows('revised')).toHaveLength((figure as typeof total).lateRevised)
    expect(await rows('due')).toHaveLength((figure as typeof total).due)
    expect(original[0]?.days ?? null).toBe((figure as typeof total).worstDays)
  }
})
