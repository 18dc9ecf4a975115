import type { Earned, Forecast, YearForecast } from 'api/forecast/contract'
import type { Category } from 'api/project/contract'
import i18next from 'i18next'
import { accountRow, leftOut, split } from '../project/counted.ts'
import { notBuilt } from '../project/explanation.ts'
import { allRows } from '../project/table.ts'
import type { Account, AccountRow, Asked, Explanations } from '../shell/explanation.ts'
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
  'forecast.yearPace': (asked: Asked) => pace(asked, ({ yearSchedule }) => yearSchedule),
  'forecast.worksPace': (asked: Asked) => pace(asked, ({ works }) => works?.schedule),
} satisfies Explanations
