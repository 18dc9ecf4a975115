import type { Earned, Forecast, YearForecast } from 'api/forecast/contract'
import type { Category } from 'api/project/contract'
import i18next from 'i18next'
import { accountRow, leftOut, split } from '../project/counted.ts'
import { notBuilt } from '../project/explanation.ts'
import { allRows } from '../project/table.ts'
import type { Account, AccountRow, Asked, Explanations } from '../shell/explanation.ts'
import { daysBetween } from '../ui/date.ts'
import { forecastOf, yearForecast } from './queries.ts'

/** Words of the forecast, loaded with the first figure that is opened. */
async function words() {
  await i18next.loadNamespaces('forecast')
  return i18next.getFixedT(i18next.language, 'forecast')
}

/**
 * The year's end of a place: each project's own forecast, what the others have done, and how much the
 * total differs from their sum: not all go badly at once, nor all well.
 */
async function total(
  asked: Asked,
  [unit = '', park = '', category = '']: readonly string[],
  kind: 'p50Wan' | 'p80Wan',
): Promise<Account> {
  const { client, table } = asked
  const place = {
    ...(unit === '' ? {} : { unit: Number(unit) }),
    ...(park === '' ? {} : { park: Number(park) }),
    ...(category === '' ? {} : { category: category as Category }),
  }
  const t = await words()
  const told = await client.fetchQuery(yearForecast(place, asked.asOf, true))
  const rows = [...ownRows(asked, told, kind), ...doneRows(asked, told, t)]
  const value = told[kind]
  const sum = rows.reduce((all, { amount }) => all + amount, 0)
  const together: AccountRow = {
    key: 'together',
    name: t('forecast:explain.together'),
    project: null,
    note: t('forecast:explain.draws'),
    amount: (value ?? 0) - sum,
    source: told.rule,
    at: '',
  }
  const inside = new Set(rows.map(({ project }) => project))
  const { kept, out } = split(allRows(table), (row) => notBuilt(table, row))
  return {
    value,
    form: 'wan',
    method: { kind: 'sum' },
    rule: told.rule,
    date: told.date,
    rows: value === null ? [] : [...rows, together],
    out: [
      ...kept
        .filter((row) => !inside.has(table.id[row] ?? 0))
        .map((row) => leftOut(asked, row, 'filtered')),
      ...out.map(({ row, reason }) => leftOut(asked, row, reason)),
    ],
    words: { year: told.year },
  }
}

function ownRows(asked: Asked, told: YearForecast, kind: 'p50Wan' | 'p80Wan'): AccountRow[] {
  return told.rows.flatMap((one) => {
    const row = asked.table.rowOf.get(one.id)
    return row === undefined ? [] : [accountRow(asked, row, one[kind])]
  })
}

function doneRows(
  asked: Asked,
  told: YearForecast,
  t: Awaited<ReturnType<typeof words>>,
): AccountRow[] {
  return told.without.flatMap(({ id, reason, doneWan }) => {
    const row = asked.table.rowOf.get(id)
    if (row === undefined) return []
    const note = t('forecast:explain.done', { why: t(`forecast:none.${reason}.word`) })
    return [{ ...accountRow(asked, row, doneWan ?? 0), note }]
  })
}

async function ofProject({ client, asOf, project }: Asked): Promise<Forecast | null> {
  return project === null ? null : client.fetchQuery(forecastOf(project, asOf))
}

/** A project's year by month: what was done, then what is expected to be. */
async function byMonth(asked: Asked, kind: 'p50Sum' | 'p80Sum'): Promise<Account> {
  const told = await ofProject(asked)
  const t = await words()
  let before = 0
  const rows = (told?.months ?? []).map(({ month, actualSum, ...sums }): AccountRow => {
    const isDone = actualSum !== null
    const sum = actualSum ?? sums[kind] ?? before
    const amount = sum - before
    before = sum
    const source = isDone ? t('forecast:explain.actual') : (told?.rule ?? '')
    const name = month.slice(0, 7)
    return { key: month, name, project: null, note: '', amount, source, at: name }
  })
  const end = told?.yearEnd
  const value = end?.state === 'forecast' ? end[kind === 'p50Sum' ? 'p50Wan' : 'p80Wan'] : null
  return account(told, {
    value,
    form: 'wan',
    method: { kind: 'sum' },
    rows: value === null ? [] : rows,
  })
}

/** SPI(t): months of the plan earned by months passed. */
async function pace(asked: Asked, of: (told: Forecast) => Earned | null | undefined) {
  const told = await ofProject(asked)
  const schedule = told && of(told)
  const t = await words()
  if (!schedule || schedule.elapsed <= 0)
    return account(told, {
      value: null,
      form: 'percent',
      method: { kind: 'ratio', scale: 1 },
      rows: [],
    })
  const { earned, elapsed } = schedule
  const row: AccountRow = {
    key: 'pace',
    name: t('forecast:explain.pace'),
    project: null,
    note: '',
    amount: earned,
    base: elapsed,
    source: told?.rule ?? '',
    at: told?.date ?? '',
  }
  const value = earned / elapsed
  return account(told, { value, form: 'percent', method: { kind: 'ratio', scale: 1 }, rows: [row] })
}

/** Days between the forecast day and the plan that holds, both counted from the planned start. */
async function finishLate(asked: Asked, [of]: readonly string[]): Promise<Account> {
  const told = await ofProject(asked)
  const t = await words()
  const [finish, works] = [told?.finish, told?.works]
  const made = { form: 'days', method: { kind: 'sum' } } as const
  if (finish?.state !== 'forecast' || !works)
    return account(told, { ...made, value: null, rows: [] })
  const day = of === '80' ? finish.p80 : finish.p50
  const row = (key: 'foretold' | 'approved', on: string, sign: 1 | -1): AccountRow => ({
    key,
    name: t(`forecast:explain.${key}`, { date: on }),
    project: null,
    note: '',
    amount: sign * daysBetween(works.plannedStart, on),
    source: key === 'foretold' ? (told?.rule ?? '') : t('forecast:explain.plan'),
    at: on,
  })
  return account(told, {
    ...made,
    value: of === '80' ? finish.lateP80 : finish.lateP50,
    rows: [row('foretold', day, 1), row('approved', works.approvedFinish, -1)],
  })
}

/** The finished projects of the class, each by name as far as it may be seen. */
async function references(asked: Asked, [of]: readonly string[]): Promise<Account> {
  const told = await ofProject(asked)
  const t = await words()
  const end = of === 'year' ? told?.yearEnd : told?.finish
  const named = end?.state === 'forecast' ? end.rows : []
  const rows = named.map(
    (one): AccountRow => ({
      key: `${one.source} ${one.id}`,
      name: one.name,
      project: one.source === 'project' ? one.id : null,
      note: t('forecast:explain.months', {
        planned: one.plannedMonths.toFixed(1),
        actual: one.actualMonths.toFixed(1),
      }),
      amount: 1,
      source: t(`forecast:explain.${one.source}`),
      at: '',
    }),
  )
  const unseen = (end?.n ?? 0) - rows.length
  if (unseen > 0) rows.push({ ...unseenRow, name: t('forecast:explain.unseen'), amount: unseen })
  return account(told, { value: end?.n ?? null, form: 'count', method: { kind: 'sum' }, rows })
}

const unseenRow = { key: 'unseen', project: null, note: '', source: '', at: '' }

async function seasonYears(asked: Asked): Promise<Account> {
  const told = await ofProject(asked)
  const t = await words()
  const years = told?.season?.years ?? []
  const source = t('forecast:explain.whole')
  const rows = years.map(
    (year): AccountRow => ({
      ...unseenRow,
      key: String(year),
      name: String(year),
      amount: 1,
      source,
    }),
  )
  return account(told, { value: years.length, form: 'count', method: { kind: 'sum' }, rows })
}

function account(
  told: Forecast | null,
  made: Pick<Account, 'value' | 'form' | 'method' | 'rows'>,
): Account {
  return { ...made, rule: told?.rule ?? null, date: told?.date ?? '', out: [] }
}

export const forecastExplanations = {
  /** `~<unit>~<park>~<category>`, each empty for all. */
  'forecast.yearMiddle': (asked: Asked, of: readonly string[]) => total(asked, of, 'p50Wan'),
  'forecast.yearSafe': (asked: Asked, of: readonly string[]) => total(asked, of, 'p80Wan'),
  'forecast.projectMiddle': (asked: Asked) => byMonth(asked, 'p50Sum'),
  'forecast.projectSafe': (asked: Asked) => byMonth(asked, 'p80Sum'),
  /** `~50` or `~80`. */
  'forecast.finishLate': finishLate,
  /** `~finish` or `~year`. */
  'forecast.references': references,
  'forecast.seasonYears': seasonYears,
  'forecast.yearPace': (asked: Asked) => pace(asked, ({ yearSchedule }) => yearSchedule),
  'forecast.worksPace': (asked: Asked) => pace(asked, ({ works }) => works?.schedule),
} satisfies Explanations
