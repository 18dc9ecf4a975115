import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from '../support/page-watch.ts'

const panel = (page: Page) => page.getByRole('complementary', { name: '项目详情' })
const lights = async (page: Page): Promise<number> => {
  await expect(page.locator('[data-light]')).toHaveCount(6)
  const texts = await page.locator('[data-light] [data-figure]:not(.light-other)').allTextContents()
  return texts.reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0)
}

test('the end of last month is one choice away, and the calendar opens where the desk stands', async ({
  page,
}) => {
  await page.goto('/desk')
  const day = page.getByRole('textbox', { name: '截至日期' })
  await day.click()
  await page.getByText('上月末 04-30').click()
  await expect(page).toHaveURL(/asOf=2023-04-30/)
  await expect(page.getByText('正在查看 2023-04-30 当日所知的数据')).toBeVisible()
  await page.goto('/desk?asOf=2023-03-31')
  await day.click()
  await expect(page.locator('.ant-picker-header-view')).toContainText('3月')
  await expectAccessible(page)
})

test('Escape leaves a form half filled in as it is; the panel closes from elsewhere', async ({
  page,
}) => {
  await page.goto('/desk?project=2')
  await panel(page).getByRole('button', { name: '修改资料' }).click()
  await panel(page).getByLabel('联系电话').fill('0731-1234')
  await page.keyboard.press('Escape')
  await expect(panel(page).getByLabel('联系电话')).toHaveValue('0731-1234')
  await panel(page).getByRole('button', { name: '关闭' }).focus()
  await page.keyboard.press('Escape')
  await expect(panel(page)).toBeHidden()
})

test('desk and wall say whose lights they count: all found, and the list of the year', async ({
  page,
}) => {
  await page.goto('/desk')
  const found = page.getByRole('button', { name: /筛出 .* 个的亮灯/ })
  await expect(async () => {
    const sum = await lights(page)
    expect(sum).toBeGreaterThan(0)
    await expect(found).toContainText(String(sum), { timeout: 1000 })
  }).toPass()
  const figure = page.locator('[data-figure="project.listed"]')
  await expect(figure).toHaveText(/^[1-9]\d*$/)
  const listed = Number(await figure.textContent())
  await page.goto('/wall?scene=overview')
  await expect(page.getByText(`清单内 ${listed} 个的亮灯`)).toBeVisible()
  const counts = page.locator('.wall-lights strong')
  const sum = async () =>
    (await counts.allTextContents()).reduce((total, text) => total + Number(text), 0)
  await expect.poll(sum).toBe(listed)
})

test('what is chosen in the list comes to the middle of the map beside the panel', async ({
  page,
}) => {
  await page.goto('/desk?light=red')
  const map = page.locator('[data-map-state=painted]')
  await expect(map).toBeVisible()
  const wide = (await map.boundingBox())?.width ?? 0
  const chosen = page.locator('[data-project]').first()
  const name = await chosen.locator('.project-list-title').textContent()
  await chosen.click()
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText(name ?? '-')
  await expect.poll(async () => (await map.boundingBox())?.width).toBeLessThan(wide)
  await expect(async () => {
    const box = await map.boundingBox()
    if (!box) throw new Error('the map has no box')
    await page.mouse.move(box.x + box.width / 2 + 1, box.y + box.height / 2)
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await expect(page.locator('.map-tooltip')).toContainText(name ?? '-', { timeout: 1000 })
  }).toPass()
})

test('a report is begun from the keyboard in its first field, and needs the amount', async ({
  page,
}) => {
  await page.goto('/desk?light=stale')
  await page.locator('[data-project]').first().click()
  const report = panel(page).getByRole('button', { name: '填报本月' })
  await expect(report).toBeEnabled()
  await report.press('Enter')
  await expect(panel(page).getByLabel('月份')).toBeFocused()
  const submit = panel(page).getByRole('button', { name: '提交' })
  await expect(submit).toBeEnabled()
  await submit.press('Enter')
  await expect(panel(page).getByLabel('当月完成投资')).toBeFocused()
})

test('without a network the panel says so, and fills itself when there is one again', async ({
  page,
  context,
}) => {
  await page.goto('/desk?project=2')
  await expect(panel(page).getByRole('heading', { level: 2 })).toBeVisible()
  await context.setOffline(true)
  await page.locator('[data-project]').first().click()
  await expect(panel(page)).toContainText('连不上服务器')
  await context.setOffline(false)
  await expect(panel(page).getByRole('heading', { level: 2 })).toBeVisible()
})

test('on a screen as wide as 4K map and dialogs are as large as the rest', async ({ page }) => {
  await page.setViewportSize({ width: 3000, height: 700 })
  await page.goto('/desk')
  const button = page.getByRole('button', { name: '放大' })
  await expect(button).toBeVisible()
  await expect.poll(async () => (await button.boundingBox())?.height).toBeGreaterThan(54)
  await page.getByRole('button', { name: '月报表' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.locator('.report-table')).toBeVisible()
  await expect.poll(async () => (await dialog.boundingBox())?.width).toBeGreaterThan(1500)
  await expect.poll(async () => (await dialog.boundingBox())?.height).toBeLessThanOrEqual(700)
})

test('at 320 px the desk is no wider than the screen', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto('/desk')
  await expect(page.locator('[data-figure="project.rate"]')).toBeVisible()
  await expect(page.locator('[data-project]').first()).toBeVisible()
  const width = () => page.evaluate(() => document.documentElement.scrollWidth)
  await expect.poll(width).toBeLessThanOrEqual(320)
})
