import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from '../support/page-watch.ts'

const slider = (page: Page) => page.getByRole('slider', { name: '查看的日期' })
const done = (page: Page) => page.locator('[data-figure="project.done"]')

test('the whole page goes to a past day and plays on without asking for each day', async ({
  page,
}) => {
  await page.goto('/desk?project=20')
  const now = await done(page).textContent()
  await slider(page).focus()
  await page.keyboard.press('Home')
  const day = page.locator('[data-day]')
  await expect(day).toHaveText('2022-12-31')
  await expect(page).toHaveURL(/asOf=2022-12-31/)
  await expect(done(page)).toHaveText('0')
  await expect(page.getByRole('button', { name: '下调度单' }).first()).toBeDisabled()
  // Until it rests, no day that passes by is asked for.
  await expect(page.getByRole('button', { name: '播放' })).toBeEnabled()
  await page.waitForLoadState('networkidle')
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.getByRole('button', { name: '播放' }).click()
  await expect(done(page)).not.toHaveText('0')
  expect(asked.filter((url) => url.includes('asOf='))).toEqual([])
  await page.getByRole('button', { name: '暂停' }).click()
  await expect(page).toHaveURL(/asOf=2023-/)
  await page.getByRole('button', { name: '回到今天' }).click()
  await expect(done(page)).toHaveText(now ?? '')
})

test('two days are compared, by kind, with a way to each project', async ({ page }) => {
  await page.goto('/desk?asOf=2023-04-30&compare=2023-03-31')
  const pane = page.getByRole('complementary', { name: '对比两天' })
  await pane.getByRole('button', { name: /^资金/ }).click()
  await expect(pane.getByRole('heading', { name: '资金' })).toBeVisible()
  await expect(pane.getByRole('heading', { name: '填报' })).toBeHidden()
  await expectAccessible(page)
  await pane.locator('.entry').first().click()
  await expect(page.getByRole('complementary', { name: '项目详情' })).toBeVisible()
  await expect(page).toHaveURL(/compare=2023-03-31/)
})

test('the wall shows a past day, and says so', async ({ page }) => {
  await page.goto('/wall?asOf=2023-03-31')
  await expect(page.getByText('正在查看 2023-03-31 当日所知的数据')).toBeVisible()
  await expect(page.getByText('截至 2023-03-31')).toBeVisible()
})
