import { expect, type Locator, type Page, test } from '@playwright/test'
import { loseNextAnswer } from '../support/lost-answer.ts'

const panel = (page: Page) => page.getByRole('complementary', { name: '项目详情' })
const button = (page: Page, name: string) => panel(page).getByRole('button', { name, exact: true })

interface Project {
  id: number
  name: string
  note: string | null
  annualWan: number
}
interface Report {
  month: string
  actualWan: number | null
  progressText: string | null
}

/** A construction project of its own for each test, so that none depends on what another filed. */
async function openProject(page: Page, name: string): Promise<Project> {
  const code = `E2E-${name}`
  const data = { code, name, unitId: 2, category: 'industry', totalWan: 9000, reason: '端到端测试' }
  const made = await page.request.post('/api/project', { data })
  expect(made.status()).toBe(201)
  const project = (await made.json()) as Project
  await page.goto(`/desk?project=${project.id}`)
  await expect(panel(page).getByRole('heading', { name })).toBeVisible()
  return project
}

async function reportsOf(page: Page, project: Project): Promise<Report[]> {
  const answer = await page.request.get(`/api/report?project=${project.id}`)
  return ((await answer.json()) as { rows: Report[] }).rows
}

async function fillReport(page: Page, actual: string, progress: string): Promise<void> {
  await panel(page).getByLabel('月份').selectOption('2023-05')
  await panel(page).getByLabel('当月完成投资').fill(actual)
  await panel(page).getByLabel('形象进度').fill(progress)
}

/** Says the same to each doubt that was asked about, and sends the report with it. */
async function answerDoubts(page: Page, answer: string): Promise<void> {
  for (const field of await panel(page).getByPlaceholder('说明原因').all()) await field.fill(answer)
  await button(page, '说明后提交').click()
}

const described = (field: Locator) => expect(field).toHaveAttribute('aria-invalid', 'true')

test('a report that met no network fails at once and is never sent after it was given up', async ({
  page,
  context,
}) => {
  const project = await openProject(page, '断网填报厂房')
  await button(page, '填报本月').click()
  await fillReport(page, '12.5', '主体施工')
  await context.setOffline(true)
  await button(page, '提交').click()
  await expect(panel(page).getByRole('alert')).toContainText('连不上服务器')
  await button(page, '取消').click()
  await context.setOffline(false)
  await expect(page.getByText('离线：数据为')).toHaveCount(0)
  expect(await reportsOf(page, project)).toEqual([])
  // What was typed is still there for whoever comes back to it.
  await button(page, '填报本月').click()
  await expect(panel(page).getByText('接着上次没有提交的内容')).toBeVisible()
  await expect(panel(page).getByLabel('当月完成投资')).toHaveValue('12.5')
  await button(page, '重新填写').click()
  await expect(panel(page).getByLabel('当月完成投资')).toHaveValue('')
})

test('a figure corrected after a lost answer is not taken for the one received', async ({
  page,
}) => {
  const project = await openProject(page, '更正填报厂房')
  await button(page, '填报本月').click()
  await fillReport(page, '123', '打桩')
  await loseNextAnswer(page)
  await button(page, '提交').click()
  await expect(panel(page).getByRole('alert')).toContainText('连不上服务器')
  const amount = panel(page).getByLabel('当月完成投资')
  await amount.fill('132')
  await button(page, '提交').click()
  await expect(panel(page).getByText('已收到的是“123”')).toBeVisible()
  await described(amount)
  await button(page, '提交更正').click()
  await expect(panel(page).getByText('已收到，地图和清单已更新')).toBeVisible()
  expect((await reportsOf(page, project)).map(({ actualWan }) => actualWan)).toEqual([132])

  await button(page, '更正 2023-05 的填报').click()
  await expect(panel(page).getByLabel('当月完成投资')).toHaveValue('132')
  await panel(page).getByLabel('形象进度').fill('打桩完成')
  await button(page, '提交更正').click()
  await expect(panel(page).locator('.report').first()).toContainText('打桩完成')
  expect(await reportsOf(page, project)).toMatchObject([
    { month: '2023-05-01', actualWan: 132, progressText: '打桩完成' },
  ])
})

test('an unusual figure is asked about once, a missing one is named beside its field', async ({
  page,
}) => {
  const project = await openProject(page, '存疑填报厂房')
  await button(page, '填报本月').click()
  await button(page, '提交').click()
  await described(panel(page).getByLabel('当月完成投资'))
  await expect(panel(page).getByText('请填写', { exact: true })).toBeVisible()
  await fillReport(page, '99999', '完工')
  await button(page, '提交').click()
  await expect(panel(page).getByRole('alert')).toContainText('超过总投资 9,000.00 万元')
  expect(await reportsOf(page, project)).toEqual([])
  await answerDoubts(page, '二期提前实施')
  await expect(panel(page).getByText('已收到', { exact: false }).first()).toBeVisible()
  expect((await reportsOf(page, project)).map(({ actualWan }) => actualWan)).toEqual([99_999])
})

test('a half-written edit outlives another selection; what a colleague changed meanwhile is shown first', async ({
  page,
}) => {
  const project = await openProject(page, '两人修改厂房')
  await button(page, '修改资料').click()
  await expect(panel(page).getByLabel('名称')).toBeFocused()
  await panel(page).getByLabel('备注').fill('甲的备注')
  await panel(page).getByLabel('行业').fill('轨道交通')
  await page.locator('[data-project]').first().click()
  await expect(panel(page).getByRole('heading', { name: project.name })).toHaveCount(0)
  const other = { note: '乙的备注', totalWan: 8000, reason: '乙先改' }
  expect((await page.request.patch(`/api/project/${project.id}`, { data: other })).ok()).toBe(true)

  await page.goto(`/desk?project=${project.id}`)
  await button(page, '修改资料').click()
  const note = panel(page).getByLabel('备注')
  await expect(note).toHaveValue('甲的备注')
  await panel(page).getByLabel('修改原因').fill('甲后改')
  await button(page, '保存').click()
  await expect(panel(page).getByText('别人刚改为“乙的备注”')).toBeVisible()
  await described(note)
  await button(page, '保存').click()
  await expect(note).toHaveCount(0)
  await expect(button(page, '修改资料')).toBeFocused()
  const stored = await page.request.get(`/api/project/${project.id}`)
  expect(await stored.json()).toMatchObject({
    note: '甲的备注',
    industry: '轨道交通',
    totalWan: 8000,
  })
})

test('the keyboard goes on in the list when a panel closes; search is reached from a column head', async ({
  page,
}) => {
  await openProject(page, '键盘操作厂房')
  await button(page, '关闭').click()
  await expect(page.locator('[data-list=projects]')).toBeFocused()
  await page.locator('.project-list-head').first().focus()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('searchbox')).toBeFocused()
})

test('a lost answer, a colleague’s correction, a doubt: none of them ends in a dead end', async ({
  page,
}) => {
  const project = await openProject(page, '不走死路厂房')
  const amount = panel(page).getByLabel('当月完成投资')
  await button(page, '填报本月').click()
  await fillReport(page, '50', '打桩')
  await loseNextAnswer(page)
  await button(page, '提交').click()
  await expect(panel(page).getByRole('alert')).toContainText('连不上服务器')
  // Received, then changed to something unusual: told, asked about, corrected.
  await amount.fill('55')
  await button(page, '提交').click()
  await expect(panel(page).getByText('已收到的是“50”')).toBeVisible()
  await amount.fill('-6')
  await panel(page).getByLabel('核减原因').fill('审计核减')
  await button(page, '提交更正').click()
  await expect(panel(page).getByText('低于零')).toBeVisible()
  await answerDoubts(page, '上年多报，今年冲减')
  await expect(panel(page).getByText('已收到，地图和清单已更新')).toBeVisible()
  expect((await reportsOf(page, project)).map(({ actualWan }) => actualWan)).toEqual([-6])

  // A colleague corrects while ours is being written: theirs is shown, ours replaces it knowingly.
  await button(page, '更正 2023-05 的填报').click()
  await amount.fill('60')
  const { rows } = (await (await page.request.get(`/api/report?project=${project.id}`)).json()) as {
    rows: { key: string }[]
  }
  const theirs = {
    key: '2b0f2c9e-7d0d-4a53-9b5f-3f1d6f0c8a77',
    replaces: rows[0]?.key,
    projectId: project.id,
    month: '2023-05-01',
    actualWan: 58,
    reporter: '乙',
  }
  expect((await page.request.post('/api/report', { data: theirs })).ok()).toBe(true)
  await expect(panel(page).locator('.report').first()).toContainText('58')
  await button(page, '提交更正').click()
  await expect(panel(page).getByRole('alert')).toContainText('乙刚更正过这份填报：当月完成 58 万元')
  await button(page, '提交更正').click()
  await expect(panel(page).locator('.report').first()).toContainText('60')
  expect((await reportsOf(page, project)).map(({ actualWan }) => actualWan)).toEqual([60])
})
