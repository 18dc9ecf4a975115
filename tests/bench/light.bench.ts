/**
 * All lights of 10,000 and of 100,000 projects (four in two forms, the overall ones, the one from
 * evidence), beside the single money light of before over the same facts; and reading those facts.
 */
import { lagPoints } from 'api/light/payment'
import { shipped } from 'api/light/rule/shipped'
import { judge } from 'api/light/rules'
import { readAllFacts } from 'api/map/derive'
import { wholeCity } from 'api/person/viewer'
import type { ProjectFact } from 'api/project/facts'
import { stageOf } from 'api/project/rules'
import { seedProjects } from '../support/seeded-projects.ts'
import { openBenchDatabase } from './bench-database.ts'
import { figure, sideBySide } from './measure.ts'

const goalMs = 150
const date = '2023-05-31'
const view = { asOf: null, date, year: 2023 }

const bench = await openBenchDatabase('light')
if (bench) {
  const { db } = bench
  try {
    let slowest = 0
    await seedProjects(db, 10_000)
    await richer()
    slowest = await compared(await timedFacts(10_000))
    await db.sql.unsafe('truncate project, unit restart identity cascade')
    await seedProjects(db, 100_000)
    await richer()
    await compared(await timedFacts(100_000))
    const verdict = slowest <= goalMs ? 'reached' : 'MISSED'
    console.log(`all lights of 10,000 projects: ${slowest.toFixed(1)} ms of ${goalMs}: ${verdict}`)
    process.exitCode = slowest <= goalMs ? 0 : 1
  } finally {
    await bench.drop()
  }

  /** What the seed leaves out: a finish that was revised, percents, proofs. */
  async function richer() {
    await db.transact({ actor: 'bench', reason: 'bench' }, async (tx) => {
      await tx`
        insert into milestone (project_id, kind, name, original_date, original_precision, revised_date, revised_precision)
        select id, 'finish', '竣工', date '2023-03-01' + (id % 600)::int, 'day',
               case when id % 4 = 0 then date '2023-12-31' end, case when id % 4 = 0 then 'day' end
          from project`
      await tx`update report set percent = project_id % 100, in_statistics = project_id % 3 > 0, status = 'verified'`
    })
    await db.sql.unsafe('vacuum analyze')
  }

  async function timedFacts(count: number): Promise<ProjectFact[]> {
    const times: number[] = []
    let facts: ProjectFact[] = []
    for (let run = 0; run < 4; run += 1) {
      const began = performance.now()
      facts = await readAllFacts(db, wholeCity, view)
      if (run > 0) times.push(performance.now() - began)
    }
    figure(`${count} projects: facts read`, times)
    return facts
  }
}

/** The median of all lights by the slowest of the shipped rules, in milliseconds. */
async function compared(facts: readonly ProjectFact[]): Promise<number> {
  const measured = await sideBySide([
    { name: `${facts.length} projects: the money light alone`, fn: () => facts.map(moneyLight) },
    ...shipped.map((rule) => ({
      name: `${facts.length} projects: all lights by ${rule.name}`,
      fn: () => facts.map((fact) => judge(fact, stageOf(fact, date), date, rule)),
    })),
  ])
  return Math.max(...measured.slice(1).map(({ median }) => median))
}

/** As it was judged before there were four: done against planned. */
function moneyLight(fact: ProjectFact): string {
  const lag = lagPoints(fact.annualWan, fact.plannedWan, fact.doneWan)
  if (lag === null) return 'none'
  return lag <= -15 ? 'red' : lag <= -5 ? 'amber' : 'green'
}
