import { type Browser, expect, type Page, test } from '@playwright/test'
import { expectAccessible } from '../support/page-watch.ts'
import { passwordOf } from '../support/serve.ts'

/** A browser of one of the demo's people. */
async function signIn(browser: Browser, login: string): Promise<Page> {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  const data = { login, password: passwordOf(login) }
  const answer = await context.request.post('/api/session', { data })
  expect(answer.ok(), await answer.text()).toBe(true)
  return context.newPage()
}

const pane = (page: Page) => page.locator('aside.desk-right')
const press = (page: Page, name: string) =>
  pane(page).getByRole('button', { name, exact: true }).click()

/** The one next step, with what it needs; the page has followed by itself what others did. */
async function take(page: Page, action: string, note?: string): Promise<void> {
  await press(page, action)
  if (note !== undefined) await pane(page).getByLabel('说明').fill(note)
  await press(page, action)
  await expect(pane(page).locator('.issue-past')).toContainText(action)
}

test('a problem goes from who raised it through the offices and back, by different people', async ({
  browser,
}) => {
  const [helper, dispatcher, officer] = await Promise.all(
    ['zhuanyuan', 'diaodu', 'ziran'].map((login) => signIn(browser, login)),
  )
  if (!helper || !dispatcher || !officer) throw new Error('three people sign in')
  const found = await helper.request.get('/api/project?text=ZZ-PUB-105')
  const { rows } = (await found.json()) as { rows: { id: number }[] }

  await helper.goto(`/desk?project=${rows[0]?.id}`)
  await press(helper, '提出问题')
  await press(helper, '提交问题')
  await expect(pane(helper).getByLabel('问题', { exact: true })).toHaveAttribute(
    'aria-invalid',
    'true',
  )
  await pane(helper).getByLabel('问题', { exact: true }).fill('高压线杆 3 基未迁改')
  await pane(helper).getByLabel('卡点原因').selectOption({ label: '杆线迁改' })
  await expectAccessible(helper)
  await press(helper, '提交问题')
  await expect(pane(helper).locator('.issue-court')).toContainText('球在调度办手里')
  const path = `/desk${new URL(helper.url()).search}`

  await dispatcher.goto(path)
  await take(dispatcher, '甄别')
  await press(dispatcher, '交办')
  await pane(dispatcher).getByLabel('责任单位').selectOption({ label: '自然资源局' })
  await press(dispatcher, '交办')
  await expect(pane(dispatcher).locator('.issue-court')).toContainText('自然资源局')

  await officer.goto(path)
  await take(officer, '签收')
  await take(officer, '开始办理')
  await take(officer, '办结', '杆线已迁改')
  await expect(pane(officer).locator('.issue-court')).toContainText('球在调度办手里')
  // Nobody is offered what is somebody else's to do.
  await expect(pane(officer).getByRole('button', { name: '核实通过' })).toHaveCount(0)

  await take(dispatcher, '核实通过')
  await take(helper, '评价确认')
  await take(dispatcher, '归档')
  await expect(pane(dispatcher).locator('.issue-head')).toContainText('已归档')
  await expectAccessible(dispatcher)
})
