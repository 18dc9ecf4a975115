/*
 * Rows that belong to a project and a year, month or step: plan, investment, milestone, report.
 * They come with project rows, or as files of their own.
 */
import { type Draft, flag, isRefused, numberOf, periodOf, textOf } from './draft.ts'
import { fundSourceOf } from './fund.ts'
import { milestoneFacts } from './milestone-dates.ts'
import type { Preparing } from './prepare.ts'
import { present } from './prepare.ts'
import type { Known } from './project-index.ts'
import { stageOf } from './stage-of-row.ts'
import { type Existing, type Fact, factOf, readExisting, type Scalar } from './store.ts'
import { TABLES } from './tables.ts'

export interface ProjectRow {
  draft: Draft
  known: Known | null
  code: string
}

export type DatedTable = 'plan' | 'investment' | 'milestone' | 'report'

/** What a row wants of one dated row; `key` is unique within the project and table. */
export interface Wish {
  table: DatedTable
  key: string
  /** Values given the row that exists, or null. */
  values: (existing: Existing | null) => Record<string, Scalar>
}

/** Facts of plan, months and milestones that a slice of project rows carries. */
export function prepareDated(given: Preparing, rows: readonly ProjectRow[]): Promise<Fact[]> {
  const { wide } = given.table
  return compareWishes(given, rows, (draft) => [
    ...planWish(draft),
    ...(wide ? wideWishes(draft, given.today) : []),
    ...milestoneFacts(draft, stageOf(draft), given.today),
  ])
}

/** Compares the wishes of rows with what the database holds of their projects. */
export async function compareWishes(
  given: Preparing,
  rows: readonly ProjectRow[],
  wishesOf: (draft: Draft) => readonly Wish[],
): Promise<Fact[]> {
  const wished = rows.map((row) => ({ row, wishes: wishesOf(row.draft) }))
  const existing = new Map<string, Existing>()
  for (const table of ['plan', 'investment', 'milestone', 'report'] as const) {
    const ids = new Set<number>()
    for (const { row, wishes } of wished) {
      if (row.known && wishes.some((wish) => wish.table === table)) ids.add(row.known.id)
    }
    if (ids.size === 0) continue
    const only = onlyYears(table, wished)
    for (const found of await readExisting(given.tx, TABLES[table], 'project_id', [...ids], only)) {
      existing.set(`${table} ${found['projectId']} ${keyOf(table, found)}`, found)
    }
  }
  const facts: Fact[] = []
  for (const { row, wishes } of wished) {
    for (const wish of wishes) {
      const found = row.known && existing.get(`${wish.table} ${row.known.id} ${wish.key}`)
      const fact = datedFact(row, wish, found ?? null)
      if (fact) facts.push(fact)
    }
  }
  return facts
}

function datedFact(row: ProjectRow, wish: Wish, existing: Existing | null): Fact | null {
  const values = wish.values(existing)
  if (isRefused(row.draft) || Object.keys(values).length === 0) return null
  const spec = TABLES[wish.table]
  if (row.known) values['projectId'] = row.known.id
  if (!existing) values['provenance'] ??= 'reported'
  const fact = factOf(row.draft, spec, existing, values, `${wish.table}.${wish.key}.`)
  if (fact && !row.known) fact.projectCode = row.code
  return fact
}

/** The plan of the row's year; a new one needs its amount. */
export function planWish(draft: Draft): Wish[] {
  const annual = numberOf(draft, 'annualWan')
  const others = ['planKind', 'collectiveStart', 'addedOn', 'removedOn', 'changeReason']
  if (annual === undefined && others.every((name) => draft.values[name] === undefined)) return []
  const year = yearOf(draft, annual)
  if (year === undefined) return []
  return [
    {
      table: 'plan',
      key: String(year),
      values: (existing) => {
        if (!existing && annual === undefined) {
          const message = `${year} 年计划没有年度计划投资，未登记计划：请填写金额（前期项目可填 0）`
          flag(draft, 'warn', 'PLAN_WITHOUT_AMOUNT', 'annualWan', null, message)
          return {}
        }
        return present({
          year,
          kind: textOf(draft, 'planKind') ?? (existing ? undefined : 'construction'),
          annualWan: annual,
          collectiveStart: textOf(draft, 'collectiveStart'),
          addedOn: periodOf(draft, 'addedOn')?.date,
          removedOn: periodOf(draft, 'removedOn')?.date,
          changeReason: textOf(draft, 'changeReason'),
          provenance: textOf(draft, 'provenance'),
        })
      },
    },
  ]
}

/** planned01 to actual12 as months of the row's year. */
export function wideWishes(draft: Draft, today: string): Wish[] {
  const wishes: Wish[] = []
  for (let number = 1; number <= 12; number++) {
    const two = String(number).padStart(2, '0')
    const [planned, actual] = [numberOf(draft, `planned${two}`), numberOf(draft, `actual${two}`)]
    if (planned === undefined && actual === undefined) continue
    const [ofPlan, ofActual] = [monthYear(draft, `planned${two}`), monthYear(draft, `actual${two}`)]
    if (planned !== undefined && actual !== undefined && ofPlan !== ofActual) {
      if (ofPlan)
        wishes.push(investmentWish(draft, `${ofPlan}-${two}-01`, planned, undefined, today))
      if (ofActual)
        wishes.push(investmentWish(draft, `${ofActual}-${two}-01`, undefined, actual, today))
      continue
    }
    const year = planned === undefined ? ofActual : ofPlan
    if (year === undefined) return []
    wishes.push(investmentWish(draft, `${year}-${two}-01`, planned, actual, today))
  }
  return wishes
}

/** One month's money of the row's fund source (`total` without one), 万元; the month is its first day. */
export function investmentWish(
  draft: Draft,
  month: string,
  plannedWan: number | undefined,
  actualWan: number | undefined,
  today: string,
): Wish {
  // Tables of twelve months hold zeros for those to come.
  if (actualWan && month > today) {
    const message = `${month.slice(0, 7)} 还没有开始（今天是 ${today}），却有完成投资 ${actualWan} 万元：请核对`
    flag(draft, 'warn', 'ACTUAL_IN_FUTURE', 'month', month, message)
  }
  const fundSource = fundSourceOf(draft)
  const provenance = textOf(draft, 'provenance')
  return {
    table: 'investment',
    key: `${month} ${fundSource}`,
    values: () => present({ month, fundSource, plannedWan, actualWan, provenance }),
  }
}

/** The year in the header of a month's column, else the row's. */
function monthYear(draft: Draft, name: string): number | undefined {
  const value = numberOf(draft, name)
  return value === undefined ? undefined : (numberOf(draft, `${name}Year`) ?? yearOf(draft, value))
}

function yearOf(draft: Draft, value: unknown): number | undefined {
  const year = numberOf(draft, 'year') ?? draft.year
  if (year === undefined && !draft.findings.some(({ code }) => code === 'YEAR_UNKNOWN')) {
    const message =
      '计划没有写明年度：请加“年度”列、在表头写年份（2023年计划投资），或导入时加 --year'
    flag(draft, 'refuse', 'YEAR_UNKNOWN', 'annualWan', value, message)
  }
  return year
}

function keyOf(table: DatedTable, row: Existing): string {
  switch (table) {
    case 'plan':
      return String(row['year'])
    case 'investment':
      return `${row['month']} ${row['fundSource']}`
    case 'milestone':
      return String(row['kind'])
    case 'report':
      return String(row['month'])
  }
}

/**
 * Months are read for the years that the file speaks of only; of milestones those that are their kind's
 * own, since files know no other steps.
 */
function onlyYears(table: DatedTable, wished: readonly { wishes: readonly Wish[] }[]): string {
  if (table === 'milestone') return 'and t.code is null'
  if (table !== 'investment' && table !== 'report') return ''
  let [first, last] = ['9999', '0000']
  for (const { wishes } of wished) {
    for (const wish of wishes) {
      if (wish.table !== table) continue
      const month = wish.key.slice(0, 10)
      if (month < first) first = month
      if (month > last) last = month
    }
  }
  const valid = /^\d{4}-\d{2}-\d{2}$/
  return valid.test(first) && valid.test(last) ? `and t.month between '${first}' and '${last}'` : ''
}
