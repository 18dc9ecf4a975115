/**
 * GET /issue over 10,000 issues on 549 projects: the list by several filters as a park's manager, as
 * the whole city, and without row-level security, and its 99th percentile against the goal.
 */

import { IssueFilter } from 'api/issue/contract'
import { courtsOf } from 'api/issue/parties'
import { type Asking, listIssues } from 'api/issue/queries'
import { type Scope, wholeCity } from 'api/person/viewer'
import { seedIssues } from '../support/seeded-issues.ts'
import { seedProjects } from '../support/seeded-projects.ts'
import { openBenchDatabase } from './bench-database.ts'
import { figure } from './measure.ts'

const goalMs = 50
const runs = 100
const queries: [name: string, query: object][] = [
  ['all', {}],
  ['open', { open: 'true' }],
  ['overdue', { overdue: 'true', open: 'true' }],
  ['department and state', { department: '3', state: 'in_hand' }],
  ['cause and month', { cause: 'cause_3', month: '2023-04-01' }],
  ['unit', { unit: '2', open: 'true' }],
  ['text', { text: '环评 99' }],
  ['mine', { mine: 'true' }],
]

const bench = await openBenchDatabase('issue')
if (bench) {
  const { db } = bench
  let slowest = 0
  try {
    await seedProjects(db, 549)
    await db.transact({ actor: 'bench', reason: 'bench' }, async (tx) => {
      await tx`insert into park (code, name, unit_id) select 'bench', '测速园区', min(id) from unit`
      await tx`update project set park_id = (select id from park where code = 'bench') where id % 20 = 0`
    })
    await seedIssues(db, 10_000)
    await db.sql.unsafe('vacuum analyze')
    const [park] = await db.sql<{ id: number }[]>`select id from park where code = 'bench'`
    const some: Scope = {
      all: false,
      units: [],
      parks: [park?.id ?? 0],
      projects: [],
      departments: [3],
    }
    const courts = courtsOf({ id: null, grants: [] })
    const asking: Asking = { courts: { ...courts, departments: [3] }, now: db.clock.now() }
    for (const [name, query] of queries) {
      const filter = IssueFilter.parse(query)
      const scoped = (scope: Scope) => () =>
        db.read({ personId: null, scope }, (tx) => listIssues(tx, filter, asking))
      slowest = Math.max(slowest, await p99(`${name}: park and department`, scoped(some)))
      slowest = Math.max(slowest, await p99(`${name}: whole city`, scoped(wholeCity)))
      await p99(`${name}: without row-level security`, () =>
        db.sql.begin('read only', (tx) => listIssues(tx, filter, asking)),
      )
    }
  } finally {
    await bench.drop()
  }
  const verdict = slowest <= goalMs ? 'reached' : 'BELOW THE GOAL'
  console.log(
    `slowest p99 under row-level security: ${slowest.toFixed(1)} ms of ${goalMs}: ${verdict}`,
  )
  process.exitCode = slowest <= goalMs ? 0 : 1
}

async function p99(name: string, list: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < runs + 5; run++) {
    const began = performance.now()
    await list()
    if (run >= 5) times.push(performance.now() - began)
  }
  figure(name, times)
  const worst = times.toSorted((a, b) => a - b)[Math.ceil(runs * 0.99) - 1] ?? 0
  console.log(`${' '.repeat(40)} p99 ${worst.toFixed(1)} ms`)
  return worst
}
