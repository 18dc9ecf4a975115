import { randomUUID } from 'node:crypto'
import type { Database } from 'api/db/database'
import { IssueDetail } from 'api/issue/contract'
import { warnOfIssues } from 'api/issue/job'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import type { Login } from '../support/people.ts'

let db: Database
let site: TestApp
let id: number
beforeAll(async () => {
  site = await openSmallCity()
  db = site.deps.db
  await site.send('PUT', '/api/issue/cause', { code: 'land', name: '征地拆迁' })
  const body = { key: randomUUID(), projectId: 2, title: '杆线', channel: 'meeting', cause: 'land' }
  const answer = await site.as('helper').send('POST', '/api/issue', body)
  id = IssueDetail.parse(await answer.json()).id
})
afterAll(() => site.close())

async function step(login: Login, action: string, given: object = {}): Promise<void> {
  const { version } = IssueDetail.parse(await (await site.get(`/api/issue/${id}`)).json())
  const body = { key: randomUUID(), action, version, ...given }
  const answer = await site.as(login).send('POST', `/api/issue/${id}/step`, body)
  expect(answer.status, await answer.clone().text()).toBe(200)
}
/** What was told since the last look. */
async function told(): Promise<string[][]> {
  const rows = await db.sql<{ login: string; kind: string; title: string }[]>`
    select p.login, n.kind, n.title from notice n join person p on p.id = n.person_id order by n.id`
  await db.sql`delete from delivery`
  await db.sql`delete from notice`
  return rows.map(({ login, kind, title }) => [login, kind, title])
}
const at = (text: string) => warnOfIssues(db, new Date(`${text}:00+08:00`))

test('those whom a step concerns hear of it, but for who took it', async () => {
  await step('dispatcher', 'screen')
  await step('dispatcher', 'assign', { departmentId: 1 })
  expect(await told()).toEqual([['department', 'issue_assigned', '“杆线”交办给您']])
  await step('department', 'accept')
  await step('department', 'ask_extension', { note: '等批复', days: 3 })
  await step('dispatcher', 'grant_extension')
  expect(await told()).toEqual([
    ['dispatcher', 'issue_asked', '“杆线”申请延期'],
    ['department', 'issue_decided', '“杆线”已同意延期'],
    ['helper', 'issue_decided', '“杆线”已同意延期'],
  ])
})

test('the holder is warned before and after the promise, once each; the office when it is long over', async () => {
  await step('department', 'contact', { note: '已联系企业' })
  await at('2023-06-08T09:00')
  expect(await told()).toEqual([])
  // Accepted on Wednesday 31 May: five working days and three more.
  const near = [['department', 'issue_due', '“杆线”还剩 1 个工作日']]
  await at('2023-06-09T09:00')
  const rows = await db.sql`select key from notice`
  await at('2023-06-09T10:00')
  await at('2023-06-12T09:00')
  expect(await db.sql`select key from notice`).toEqual(rows)
  expect(await told()).toEqual(near)
  await at('2023-06-12T18:00')
  expect(await told()).toEqual([['department', 'issue_due', '“杆线”已超期']])
  await at('2023-06-15T09:00')
  expect((await told()).map(([login]) => login)).toContain('dispatcher')
})
