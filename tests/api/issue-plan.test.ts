import type { Database } from 'api/db/database'
import { IssueFilter } from 'api/issue/contract'
import { courtsOf } from 'api/issue/parties'
import { issuePage } from 'api/issue/queries'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { seedIssues } from '../support/seeded-issues.ts'
import { seedProjects } from '../support/seeded-projects.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
  await seedProjects(db, 200)
  await seedIssues(db, 10_000)
})
afterAll(() => db.close())

const asking = () => ({ courts: courtsOf({ id: 1, grants: [] }), now: db.clock.now() })

test.each([
  ['{}', 1],
  ['{"open":"true","overdue":"true"}', 1],
  ['{"unit":"2","cause":"cause_3"}', 1],
])(
  'a page of a scope (%s) is one walk along the due dates, and asks for the scope once',
  async (query, unit) => {
    const scope = { all: false, units: [unit], parks: [], projects: [], departments: [3] }
    const filter = IssueFilter.parse(JSON.parse(query))
    const plan = await db.read({ personId: 1, scope }, async (tx) => {
      const rows = await tx<Record<string, string>[]>`explain ${issuePage(tx, filter, asking())}`
      return rows.map((row) => Object.values(row)[0]).join('\n')
    })
    expect(plan).toContain('Index Scan using issue_due')
    // Hashed: the projects of the scope are found once, and not for every issue.
    expect(plan).toMatch(/hashed SubPlan/)
    expect(plan).not.toMatch(/(?<!hashed )\bSubPlan \d+\)/)
    expect(plan).not.toContain('Seq Scan on issue ')
  },
)

test('an issue, its steps and what was merged into it are found by their indexes', async () => {
  const scope = { all: false, units: [1], parks: [], projects: [], departments: [] }
  const plan = await db.read({ personId: 1, scope }, async (tx) => {
    await tx`select set_config('enable_seqscan', 'off', true)`
    const rows = await tx<Record<string, string>[]>`
      explain select from issue_step s, issue m where s.issue_id = 7 and m.merged_into_id = 7`
    return rows.map((row) => Object.values(row)[0]).join('\n')
  })
  expect(plan).toContain('issue_step_issue')
  expect(plan).toContain('issue_merged')
})
