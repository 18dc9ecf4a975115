/*
 * Finished projects of past years, one row for each project and year. A row that says nothing of a
 * month says that nothing was planned or done in it: the works are over, nothing more is to come.
 */
import { type Draft, flag, isRefused, numberOf, periodOf, textOf } from './draft.ts'
import { inSlices, type Prepared, type Preparing, present } from './prepare.ts'
import { makeCode, refuseRepeats } from './project-index.ts'
import { type Existing, type Fact, factOf, readExisting, type Scalar } from './store.ts'
import { TABLES } from './tables.ts'

const NEEDED = [
  ['name', '名称'],
  ['category', '类别'],
  ['totalWan', '总投资'],
  ['plannedStart', '计划开工'],
  ['plannedFinish', '计划竣工'],
  ['actualStart', '实际开工'],
  ['actualFinish', '实际竣工'],
  ['year', '年度'],
] as const

/** Facts of rows of the archive, compared by code and year. */
export async function prepareReferences(given: Preparing): Promise<Prepared> {
  const { tx, table } = given
  for (const draft of table.drafts) {
    const name = textOf(draft, 'name')
    if (name !== undefined) draft.values['code'] ??= makeCode('reference', name)
  }
  const keyOf = (draft: Draft) => `${textOf(draft, 'code')} ${yearOf(draft)}`
  await refuseRepeats(table.drafts, (draft) => [keyOf(draft)])
  const codes = table.drafts.map((draft) => textOf(draft, 'code') ?? '')
  const ids = await tx<{ id: number }[]>`
    select id from reference
     where code in (select jsonb_array_elements_text(${JSON.stringify(codes)}::text::jsonb))`
  const stored = await readExisting(
    tx,
    TABLES.reference,
    'id',
    ids.map(({ id }) => id),
  )
  const existing = new Map(stored.map((row) => [`${row['code']} ${row['year']}`, row]))
  const facts: Fact[] = []
  await inSlices(table.drafts, (slice, done) => {
    for (const draft of slice) {
      const before = existing.get(keyOf(draft)) ?? null
      refuseUnfit(draft, before, given.today)
      const values = isRefused(draft) ? null : valuesOf(draft, before)
      const fact = values && factOf(draft, TABLES.reference, before, values)
      if (fact) facts.push(fact)
    }
    given.progress(done)
  })
  return {
    facts,
    crs: 'auto',
    findings: [],
    similar: new Map(),
    isNew: (draft) => !existing.has(keyOf(draft)),
    identify: () => null,
    nameOf: () => undefined,
  }
}

const yearOf = (draft: Draft) => numberOf(draft, 'year') ?? draft.year

/** The day that a forecast counts with: a date known to the month is its last day. */
const dayOf = (draft: Draft, field: string) => periodOf(draft, field)?.date

function refuseUnfit(draft: Draft, before: Existing | null, today: string): void {
  for (const [field, label] of NEEDED) {
    const told = field === 'year' ? yearOf(draft) : draft.values[field]
    if (told !== undefined || (before && field !== 'year')) continue
    flag(draft, 'refuse', 'FIELD_MISSING', field, null, `缺少${label}：请填写`)
  }
  const total = numberOf(draft, 'totalWan')
  if (total !== undefined && total <= 0) {
    flag(draft, 'refuse', 'MONEY_INVALID', 'totalWan', total, `总投资是 ${total} 万元：应大于 0`)
  }
  const finished = dayOf(draft, 'actualFinish')
  if (finished !== undefined && finished > today) {
    const message = `实际竣工 ${finished} 晚于今天 ${today}：参照档案只收已完工的项目`
    flag(draft, 'refuse', 'NOT_FINISHED', 'actualFinish', finished, message)
  }
  for (const [kind, label] of [
    ['planned', '计划'],
    ['actual', '实际'],
  ] as const) {
    const [start, finish] = [dayOf(draft, `${kind}Start`), dayOf(draft, `${kind}Finish`)]
    if (start === undefined || finish === undefined || start < finish) continue
    const message = `${label}竣工 ${finish} 不晚于${label}开工 ${start}：请改正日期`
    flag(draft, 'refuse', 'DATES_REVERSED', `${kind}Finish`, finish, message)
  }
}

function valuesOf(draft: Draft, before: Existing | null): Record<string, Scalar> {
  return present<Scalar>({
    code: textOf(draft, 'code'),
    name: textOf(draft, 'name'),
    category: textOf(draft, 'category'),
    totalWan: numberOf(draft, 'totalWan'),
    plannedStart: dayOf(draft, 'plannedStart'),
    plannedFinish: dayOf(draft, 'plannedFinish'),
    actualStart: dayOf(draft, 'actualStart'),
    actualFinish: dayOf(draft, 'actualFinish'),
    year: yearOf(draft),
    plannedMonths: monthsOf(draft, 'planned', before),
    actualMonths: monthsOf(draft, 'actual', before),
    provenance: textOf(draft, 'provenance') ?? (before ? undefined : 'reported'),
    sourceTitle: textOf(draft, 'sourceTitle'),
    sourceDate: textOf(draft, 'sourceDate'),
  })
}

/** Twelve amounts as the column carries them; what a file leaves blank stays as it was. */
function monthsOf(draft: Draft, kind: 'planned' | 'actual', before: Existing | null): string {
  const stored = String(before?.[`${kind}Months`] ?? '').split(',')
  return Array.from({ length: 12 }, (_, month) => {
    const told = numberOf(draft, `${kind}${String(month + 1).padStart(2, '0')}`)
    return (told ?? Number(stored[month] ?? 0)).toFixed(2)
  }).join(',')
}
