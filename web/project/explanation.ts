import type { Account, Asked, Explain, Explanations } from '../shell/explanation.ts'
import type { FigureForm } from '../shell/figure.tsx'
import { yearShare } from '../ui/date.ts'
import { accountRow, leftOut, split } from './counted.ts'
import { allRows, lightOf, type ProjectTable } from './table.ts'
import { type Totals, totalsOf } from './totals.ts'

type Reason = (row: number) => string | null

/** Why a row of the filter is no part of the year's list; null: it is. */
export function unlisted({ planKind, counted }: ProjectTable, row: number): string | null {
  if ((planKind[row] ?? -1) < 0) return 'notListed'
  return counted[row] === 1 ? null : 'insideParent'
}

/** The same, of construction projects alone. */
export function notBuilt(table: ProjectTable, row: number): string | null {
  const kind = table.words.planKind[table.planKind[row] ?? -1]
  return unlisted(table, row) ?? (kind === 'construction' ? null : 'preliminary')
}

const unknown = (values: Float64Array, row: number, reason: string) =>
  Number.isFinite(values[row]) ? null : reason

/** Rows of the whole table that the filter hides are left out by it. */
function hidden({ table, rows }: Asked) {
  const shown = new Set(rows)
  return split(allRows(table), (row) => (shown.has(row) ? null : 'filtered')).out
}

interface Made {
  form: FigureForm
  method?: Account['method']
  value: (totals: Totals) => number | null
  reason: (table: ProjectTable) => Reason
  amount: (table: ProjectTable, row: number) => number
  base?: (table: ProjectTable, row: number) => number
}

/** The account of a sum that `totalsOf` makes of the filter's rows. */
const made =
  ({ form, method, value, reason, amount, base }: Made): Explain =>
  (asked) => {
    const { table, rows } = asked
    const { kept, out } = split(rows, reason(table))
    return {
      value: value(totalsOf(table, rows)),
      form,
      method: method ?? { kind: 'sum' },
      rule: null,
      date: table.date,
      rows: kept.map((row) => accountRow(asked, row, amount(table, row), base?.(table, row))),
      out: [...out, ...hidden(asked)].map(({ row, reason }) => leftOut(asked, row, reason)),
      words: { year: table.year },
    }
  }

const money = (
  column: 'totalWan' | 'annualWan' | 'doneWan',
  value: (totals: Totals) => number,
): Explain =>
  made({
    form: 'wan',
    value,
    reason: (table) => (row) =>
      unlisted(table, row) ?? unknown(table[column], row, `${column}Unknown`),
    amount: (table, row) => table[column][row] ?? 0,
  })

const finite = (value: number | undefined) => (Number.isFinite(value) ? Number(value) : 0)
const rate: Omit<Made, 'form' | 'value'> = {
  method: { kind: 'ratio', scale: 1 },
  reason: (table) => (row) => notBuilt(table, row),
  amount: (table, row) => finite(table.doneWan[row]),
  base: (table, row) => finite(table.annualWan[row]),
}

/** The share done minus the share of the year that is over, in points. */
const toTime: Explain = (asked) => {
  const { date, year } = asked.table
  const elapsed = yearShare(date, year)
  return made({
    ...rate,
    form: 'points',
    method: {
      kind: 'ratio',
      scale: 100,
      minus: { word: asked.t('explain:minus.time', { date }), value: elapsed * 100 },
    },
    value: ({ doneShare }) => (doneShare === null ? null : (doneShare - elapsed) * 100),
  })(asked, [])
}

/** Why a listed project's data are not fresh, as `totalsOf` judges it. */
function notFresh(table: ProjectTable, row: number): string | null {
  const light = lightOf(table, row)
  if (light === 'stale') return 'stale'
  return light === 'none' && (table.reported[row] ?? -1) < 0 ? 'neverReported' : null
}

/** The figures of what the filter leaves: the desk's headline, its list, and the wall's without a filter. */
export const projectExplanations = {
  'project.found': made({
    form: 'count',
    value: ({ rows }) => rows,
    reason: () => () => null,
    amount: () => 1,
  }),
  'project.listed': made({
    form: 'count',
    value: ({ listed }) => listed,
    reason: (table) => (row) => unlisted(table, row),
    amount: () => 1,
  }),
  'project.total': money('totalWan', ({ totalWan }) => totalWan),
  'project.annual': money('annualWan', ({ annualWan }) => annualWan),
  'project.done': money('doneWan', ({ doneWan }) => doneWan),
  'project.share': made({
    form: 'percent',
    method: { kind: 'ratio', scale: 1 },
    value: ({ doneWan, annualWan }) => (annualWan > 0 ? doneWan / annualWan : null),
    reason: (table) => (row) => unlisted(table, row),
    amount: (table, row) => finite(table.doneWan[row]),
    base: (table, row) => finite(table.annualWan[row]),
  }),
  'project.rate': made({ ...rate, form: 'percent', value: ({ doneShare }) => doneShare }),
  'project.lag': made({
    form: 'points',
    method: { kind: 'ratio', scale: 100 },
    value: ({ lagPoints }) => lagPoints,
    reason: (table) => (row) => notBuilt(table, row) ?? unknown(table.lagPoints, row, 'noLag'),
    amount: (table, row) => finite(table.doneWan[row]) - finite(table.plannedWan[row]),
    base: (table, row) => finite(table.annualWan[row]),
  }),
  'project.toTime': toTime,
  'project.fresh': made({
    form: 'count',
    value: ({ fresh }) => fresh,
    reason: (table) => (row) => unlisted(table, row) ?? notFresh(table, row),
    amount: () => 1,
  }),
} satisfies Explanations
