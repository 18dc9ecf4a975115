/**
 * Forecasts looked back at: each finished project is left out in turn and foretold from the others, at
 * 25, 50 and 75 % of its works, beside "the plan date", "PF = 1" (what is left goes as planned) and
 * Lipke's PD / SPI(t). Worlds are made up from a seed; the archive is the pack's own, through the
 * importer. Then the year's end, and how long 549 and 10,000 projects take.
 */

import { viewOf } from 'api/city/view'
import { archiveStep } from 'api/db/seed/archive-story'
import { readPack } from 'api/db/seed/pack'
import { courseOf, earnedMonths, forecastFinish, reached } from 'api/forecast/finish'
import { readForecast, readYearForecast } from 'api/forecast/queries'
import { type PastYear, type Reference, readReferences } from 'api/forecast/reference'
import { YearModels, yearEndAt } from 'api/forecast/year-end'
import { importRows } from 'api/import/import-rows'
import { wholeCity } from 'api/person/viewer'
import { finishedWorks, worlds } from '../support/finished-works.ts'
import { seedProjects } from '../support/seeded-projects.ts'
import { type BenchDatabase, openBenchDatabase } from './bench-database.ts'
import { measure } from './measure.ts'

const rule = { version: 1, least: 12, sizesWan: [10_000, 50_000, 200_000] }
const stages = [0.25, 0.5, 0.75]
const seed = process.env['FORECAST_SEED'] ?? 'onemap'
const misses: string[] = []

console.log(`made-up worlds, seed ${seed} (FORECAST_SEED); errors are means of |months|`)
for (const world of worlds) lookBack(world.name, finishedWorks(world, seed))

const bench = await openBenchDatabase('forecast')
if (bench) {
  try {
    await archive(bench)
    await speed(bench)
  } finally {
    await bench.drop()
  }
}
for (const miss of misses) console.log(`BELOW THE GOAL: ${miss}`)
process.exitCode = misses.length > 0 ? 1 : 0

interface Error4 {
  ours: number
  plan: number
  even: number
  index: number
}

function lookBack(name: string, works: readonly Reference[]): void {
  let [held, foretold] = [0, 0]
  for (const stage of stages) {
    const errors: Error4[] = []
    let within = 0
    for (const left of works) {
      const others = works.filter((one) => one !== left)
      const elapsedMonths = reached(left, stage)
      if (elapsedMonths === null) continue
      const { category, totalWan, plannedMonths, actualMonths } = left
      const standing = { category, totalWan, plannedMonths, elapsedMonths, share: stage }
      const forecast = forecastFinish(standing, others, rule)
      if (!('chosen' in forecast)) continue
      const earned = earnedMonths(courseOf(forecast.chosen.members), standing)
      if (actualMonths <= Math.max(forecast.p80, elapsedMonths)) within += 1
      errors.push({
        ours: Math.abs(Math.max(forecast.p50, elapsedMonths) - actualMonths),
        plan: Math.abs(plannedMonths - actualMonths),
        even: Math.abs(elapsedMonths + plannedMonths - earned - actualMonths),
        index: Math.abs((plannedMonths * elapsedMonths) / earned - actualMonths),
      })
    }
    held += within
    foretold += errors.length
    tell(`${name} at ${stage * 100} %`, errors, within)
  }
  coverage(`${name}: P80 of the finish`, held, foretold)
}

function tell(name: string, errors: readonly Error4[], within: number): void {
  const mean = (of: keyof Error4) =>
    errors.reduce((sum, error) => sum + error[of], 0) / errors.length
  const [ours, plan, even, index] = (['ours', 'plan', 'even', 'index'] as const).map(mean)
  const said = [ours, plan, even, index].map((months) => (months ?? 0).toFixed(2).padStart(5))
  console.log(
    `${name.padEnd(28)} n ${String(errors.length).padStart(3)}  ours ${said[0]}  plan date ${said[1]}  PF = 1 ${said[2]}  PD/SPI(t) ${said[3]}  P80 holds ${((within / errors.length) * 100).toFixed(0)} %`,
  )
  if ((ours ?? 0) > (plan ?? 0) || (ours ?? 0) > (even ?? 0)) {
    misses.push(`${name}: beats the plan date and PF = 1`)
  }
}

function coverage(name: string, held: number, of: number): void {
  const share = held / of
  const good = share >= 0.75 && share <= 0.85
  console.log(`${name} holds for ${(share * 100).toFixed(1)} % of ${of}: goal 75 to 85 %`)
  if (!good) misses.push(`${name} holds for 75 to 85 %: ${(share * 100).toFixed(1)} %`)
}

async function archive({ db }: BenchDatabase): Promise<void> {
  const { rows } = archiveStep(await readPack('zhuzhou'))
  const author = { actor: 'bench', reason: 'bench' }
  await importRows(db, 'reference', rows, { author, at: new Date('2022-12-31T00:00:00Z') })
  const view = await viewOf(db)
  const { works, years } = await readReferences(db.sql, view)
  console.log(`\nthe pack's archive, leave one out: ${works.length} works, ${years.length} years`)
  lookBack('archive', works)
  yearEnds(years)
}

/** Each project's years are left out together. Errors in per cent of the annual plan. */
function yearEnds(years: readonly PastYear[]): void {
  const total = (months: readonly number[]) => months.reduce((sum, wan) => sum + wan, 0)
  let [held, foretold] = [0, 0]
  for (const told of [3, 6, 9]) {
    const errors = { ours: 0, plan: 0, pace: 0 }
    let n = 0
    let within = 0
    for (const key of new Set(years.map((one) => one.key))) {
      const models = new YearModels(
        years.filter((one) => one.key !== key),
        rule,
      )
      for (const { planned, actual, category, totalWan } of years.filter(
        (one) => one.key === key,
      )) {
        const annualWan = total(planned)
        const plannedWan = total(planned.slice(0, told))
        const doneWan = total(actual.slice(0, told))
        if (annualWan < 0.05 * (totalWan ?? 0)) continue
        const standing = { category, totalWan, annualWan, told, plannedWan, doneWan }
        const model = models.of(standing)
        if (!model) continue
        const end = total(actual)
        const off = (wan: number) => (Math.abs(wan - end) / annualWan) * 100
        if (end >= yearEndAt(standing, model, 0.8)) within += 1
        errors.ours += off(yearEndAt(standing, model, 0.5))
        errors.plan += off(annualWan)
        errors.pace += off(plannedWan > 0 ? (annualWan * doneWan) / plannedWan : annualWan)
        n += 1
      }
    }
    held += within
    foretold += n
    const [ours, plan, pace] = [errors.ours, errors.plan, errors.pace].map((one) =>
      (one / n).toFixed(1),
    )
    console.log(
      `year's end after month ${told}: n ${n}  ours ${ours} %  the plan ${plan} %  the pace so far ${pace} %  P80 holds ${((within / n) * 100).toFixed(0)} %`,
    )
  }
  coverage("P80 of the year's end", held, foretold)
}

async function speed({ db }: BenchDatabase): Promise<void> {
  const asker = { personId: null, scope: wholeCity }
  for (const count of [549, 10_000]) {
    await db.sql.unsafe('truncate unit, project, plan, milestone, investment, report cascade')
    const [first] = await seedProjects(db, count)
    await db.sql.unsafe('vacuum analyze')
    const view = await viewOf(db)
    console.log(`\n${count} projects`)
    await measure('one project', 20, () => readForecast(db, asker, view, first ?? 0))
    await measure("the year's end of the city", 10, () =>
      readYearForecast(db, asker, view, { detail: false }),
    )
  }
}
