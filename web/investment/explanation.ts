import { leftOut, split } from '../project/counted.ts'
import { notBuilt } from '../project/explanation.ts'
import { projectDetail } from '../project/queries.ts'
import { allRows } from '../project/table.ts'
import { accountOf, rowOf } from '../shell/account-of.ts'
import type { Account, Asked, Explanations } from '../shell/explanation.ts'
import { monthText } from '../ui/date.ts'
import { lastIndex } from '../ui/last-index.ts'
import { type MoneyMonth, monthsOf } from './monthly.ts'
import { curveOn, curveRows } from './queries.ts'

/** One month of the city's curve: `~planned|actual~YYYY-MM-01`. */
async function ofMonth(
  asked: Asked,
  [kind = 'actual', month = '']: readonly string[],
): Promise<Account> {
  const { client, asOf, table, t, places } = asked
  const curve = await client.ensureQueryData(curveOn(asOf))
  const found = curve.months.find((one) => one.month === month)
  const isPlan = kind === 'planned'
  const rows = await client.fetchQuery(curveRows(month, asOf))
  const amountOf = (row: (typeof rows)[number]) => (isPlan ? row.plannedWan : row.actualWan)
  const told = new Set(
    rows.filter((row) => amountOf(row) !== null).map(({ projectId }) => projectId),
  )
  const reasonOf = (row: number) =>
    told.has(table.id[row] ?? 0) ? null : (notBuilt(table, row) ?? 'noMonth')
  return accountOf({
    value: (isPlan ? found?.plannedWan : found?.actualWan) ?? null,
    form: 'wan',
    date: table.date,
    rows: rows.flatMap((row) => {
      const amount = amountOf(row)
      if (amount === null) return []
      return [
        rowOf({
          key: String(row.projectId),
          name: row.projectName,
          project: row.projectId,
          note: places.unit.get(row.unitId) ?? '',
          amount,
          source: t(`project:provenance.${row.provenance}`),
          at: month.slice(0, 7),
        }),
      ]
    }),
    out: split(allRows(table), reasonOf).out.map(({ row, reason }) => leftOut(asked, row, reason)),
    words: { month: month.slice(0, 7), kind: t(`explain:kind.${isPlan ? 'planned' : 'actual'}`) },
  })
}

/** The months of the selected project's plan year, with what the figures of its panel are made from. */
async function monthsOfProject({ client, project, asOf, table, t }: Asked) {
  if (project === null) throw new Error(t('explain:noProject'))
  const detail = await client.ensureQueryData(projectDetail(project, asOf))
  const annual = detail.plan?.annualWan ?? detail.annualWan
  const months = monthsOf(detail.investment, table.year)
  const until = detail.reportedMonth === null ? 0 : Number(detail.reportedMonth.slice(5, 7))
  return { detail, annual, months, until, year: table.year, date: table.date }
}

type Kind = 'planned' | 'actual'
const amountIn = (month: MoneyMonth, kind: Kind) =>
  (kind === 'planned' ? month.plannedWan : month.actualWan) ?? 0
const sumIn = (month: MoneyMonth | undefined, kind: Kind) =>
  (kind === 'planned' ? month?.plannedSum : month?.actualSum) ?? null

const monthRows = (
  months: readonly MoneyMonth[],
  year: number,
  amount: (month: MoneyMonth) => number,
) =>
  months.map((month) => {
    const name = monthText(year, month.month)
    return rowOf({ key: name, name, amount: amount(month), at: name })
  })

/** Money of one project from January on: `~planned|actual~<month 1–12>`. */
async function sumOfProject(
  asked: Asked,
  [kind = '', until = '']: readonly string[],
): Promise<Account> {
  const { detail, months, year, date } = await monthsOfProject(asked)
  const of: Kind = kind === 'planned' ? 'planned' : 'actual'
  const upTo = months.slice(0, Number(until))
  return accountOf({
    value: sumIn(upTo.at(-1), of),
    form: 'wan',
    date,
    rows: monthRows(upTo, year, (month) => amountIn(month, of)),
    words: { what: detail.name, kind: asked.t(`explain:kind.${of}`), month: Number(until) },
  })
}

/** What the selected project has done this year, as its panel shows it. */
async function doneOfProject(asked: Asked): Promise<Account> {
  const { detail, months, until, year, date } = await monthsOfProject(asked)
  return accountOf({
    value: detail.doneWan,
    form: 'wan',
    date,
    rows:
      detail.doneWan === null
        ? []
        : monthRows(months.slice(0, until), year, (month) => amountIn(month, 'actual')),
    words: { what: detail.name, year },
  })
}

/** Its share of the annual plan; `~planned`: what should have been done by the last reported month. */
async function shareOfProject(
  asked: Asked,
  [kind = 'actual', month]: readonly string[],
): Promise<Account> {
  const { detail, months, until, annual, year, date } = await monthsOfProject(asked)
  const of: Kind = kind === 'planned' ? 'planned' : 'actual'
  const upTo = months.slice(0, month === undefined ? until : Number(month))
  const done = month === undefined && of === 'actual' ? detail.doneWan : sumIn(upTo.at(-1), of)
  const plan = rowOf({
    key: 'annual',
    name: asked.t('explain:annualPlan'),
    amount: 0,
    base: annual ?? 0,
  })
  return accountOf({
    value: annual && done !== null ? done / annual : null,
    form: 'percent',
    method: { kind: 'ratio', scale: 1 },
    date,
    rows: done === null ? [] : [...monthRows(upTo, year, (one) => amountIn(one, of)), plan],
    words: { what: detail.name, year, kind: asked.t(`explain:kind.${of}`) },
  })
}

/** Done less planned up to the last month with money. */
async function gapOfProject(asked: Asked): Promise<Account> {
  const { detail, months, year, date } = await monthsOfProject(asked)
  const upTo = months.slice(0, lastIndex(months, ({ actualSum }) => actualSum !== null) + 1)
  const last = upTo.at(-1)
  return accountOf({
    value: last ? (last.actualSum ?? 0) - (last.plannedSum ?? 0) : null,
    form: 'wan',
    date,
    rows: monthRows(upTo, year, (one) => amountIn(one, 'actual') - amountIn(one, 'planned')),
    words: { what: detail.name, month: last?.month ?? 0 },
  })
}

/** Money by month: the city's curve, and the figures of one project. */
export const investmentExplanations = {
  'investment.month': ofMonth,
  'investment.sum': sumOfProject,
  'investment.done': doneOfProject,
  'investment.share': shareOfProject,
  'investment.gap': gapOfProject,
} satisfies Explanations
