import { quantile } from 'geo/forecast'
import { simulateTotal } from 'geo/simulated-total'
import type { View } from '../db/as-of.ts'
import type { Asker, Database } from '../db/database.ts'
import { notFound } from '../http/failure.ts'
import { investmentOf } from '../investment/queries.ts'
import { wholeCity } from '../person/viewer.ts'
import type { Forecast, YearForecast, YearForecastFilter } from './contract.ts'
import { forecastOf, monthsOf } from './one.ts'
import { readReferences } from './reference.ts'
import { readForecastRule, readSeasonSetting, ruleName } from './rule.ts'
import { seasonOf } from './season.ts'
import { readTargets, type Target, yearStandingOf } from './target.ts'
import { YearModels, yearEndAt, yearPart } from './year-end.ts'

type Reader = Pick<Database, 'read'>

/** The rule, and what the whole city knows of finished works: the same for whoever asks. */
async function readBasis(db: Reader, view: View) {
  return db.read({ personId: null, scope: wholeCity }, async (tx) => {
    const rule = await readForecastRule(tx)
    const { works, years } = await readReferences(tx, view)
    return { rule, works, years, season: seasonOf(years, await readSeasonSetting(tx)) }
  })
}

/**
 * The forecast of one project as of a view.
 * @throws ApiFailure 404 `PROJECT_NOT_FOUND`.
 */
export async function readForecast(
  db: Reader,
  asker: Asker,
  view: View,
  project: number,
): Promise<Forecast> {
  const own = await db.read(asker, async (tx) => {
    const [target] = await readTargets(tx, view, [project])
    if (!target) throw notFound('project', '项目', project)
    const seen = await tx<{ id: number }[]>`select id from project`
    const rows = await investmentOf(tx, view, project)
    return { target, rows, visible: new Set(seen.map(({ id }) => id)) }
  })
  const { target, rows, visible } = own
  const basis = await readBasis(db, view)
  return forecastOf({ ...basis, target, view, visible, months: monthsOf(rows, view.year) })
}

/** The year's end of a place: the sum over its counted construction projects. */
export async function readYearForecast(
  db: Reader,
  asker: Asker,
  view: View,
  where: Omit<YearForecastFilter, 'asOf'>,
): Promise<YearForecast> {
  const targets = await db.read(asker, (tx) => readTargets(tx, view))
  const basis = await readBasis(db, view)
  const counted = targets.filter(
    ({ fact }) =>
      fact.counted &&
      fact.planKind === 'construction' &&
      fact.planYear === view.year &&
      (where.unit === undefined || fact.unitId === where.unit) &&
      (where.park === undefined || fact.parkId === where.park) &&
      (where.category === undefined || fact.category === where.category),
  )
  const { rows, ...total } = totalOf(counted, view, basis)
  return { ...total, rows: where.detail ? rows : [] }
}

type Basis = Awaited<ReturnType<typeof readBasis>>

/** The sum of the forecasts of targets that are counted. */
export function totalOf(targets: readonly Target[], view: View, basis: Basis): YearForecast {
  const models = new YearModels(basis.years, basis.rule)
  const without: YearForecast['without'] = []
  const rows: YearForecast['rows'] = []
  const used = new Map<string, boolean>()
  let certain = 0
  const parts = targets.flatMap((target) => {
    const standing = yearStandingOf(target, view)
    const model = typeof standing === 'string' ? null : models.of(standing)
    if (typeof standing !== 'string' && model) {
      for (const { key, synthetic } of model.members) used.set(key, synthetic)
      rows.push({
        id: target.fact.id,
        p50Wan: cents(yearEndAt(standing, model, 0.5)),
        p80Wan: cents(yearEndAt(standing, model, 0.8)),
        n: new Set(model.members.map(({ key }) => key)).size,
      })
      return [yearPart(standing, model)]
    }
    const { id, name, doneWan } = target.fact
    certain += doneWan ?? 0
    const reason = typeof standing === 'string' ? standing : 'few'
    without.push({ id, name, reason, doneWan })
    return []
  })
  const totals = simulateTotal(parts, `${view.date} ${targets.length}`)
  const at = (share: number) =>
    parts.length === 0 ? null : cents(certain + quantile(totals, 1 - share))
  return {
    date: view.date,
    year: view.year,
    rule: ruleName(basis.rule),
    projects: targets.length,
    forecast: parts.length,
    annualWan: cents(sum(targets, ({ fact }) => fact.annualWan)),
    doneWan: cents(sum(targets, ({ fact }) => fact.doneWan)),
    p50Wan: at(0.5),
    p80Wan: at(0.8),
    references: used.size,
    synthetic: [...used.values()].filter((made) => made).length,
    season: basis.season,
    without,
    rows,
  }
}

const cents = (amount: number) => Math.round(amount * 100) / 100
const sum = (targets: readonly Target[], of: (target: Target) => number | null) =>
  targets.reduce((total, target) => total + (of(target) ?? 0), 0)
