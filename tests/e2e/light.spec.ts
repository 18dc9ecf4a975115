import { expect, type Page, test } from '@playwright/test'
import { passwordOf } from '../support/serve.ts'

test.use({ storageState: { cookies: [], origins: [] } })

async function signedIn(page: Page, login: string): Promise<void> {
  await page.request.post('/api/session', { data: { login, password: passwordOf(login) } })
}

test('another rule is tried, changed into a version of its own, and put in force from a day on', async ({
  page,
}) => {
  await signedIn(page, 'diaodu')
  await page.goto('/desk')
  await page.getByRole('button', { name: '规则 本市 v1' }).click()
  await expect(page).toHaveURL(/open=rule/)
  const dialog = page.getByRole('dialog', { name: '亮灯规则' })
  const changed = async () =>
    Number(await dialog.locator('[data-changed]').getAttribute('data-changed'))
  await dialog.getByRole('radio', { name: '时间进度 v1' }).check()
  await expect(dialog).toContainText('本市 v1 换成 时间进度 v1')
  const before = await changed()
  expect(before).toBeGreaterThan(100)
  await dialog.getByRole('spinbutton', { name: '完成投资落后于时间进度，黄灯' }).fill('5')
  await expect(dialog).toContainText('本市 v1 换成 时间进度 v2')
  expect(await changed()).toBeGreaterThan(before)
  // A limit drags no other along: what does not fit is said, and neither tried nor put in force.
  const start = dialog.getByRole('spinbutton', { name: '计划开工日之后未开工，黄灯' })
  const own = await start.inputValue()
  await start.fill('999')
  await expect(dialog.getByText(/红灯的界限 \d+ 小于黄灯的 999/)).toBeVisible()
  await expect(dialog.locator('[data-changed]')).toHaveCount(0)
  await expect(dialog.getByRole('button', { name: /^施行/ })).toHaveCount(0)
  await start.fill(own)
  await expect(dialog).toContainText('本市 v1 换成 时间进度 v2')
  // So late that no other test sees it judge.
  await dialog.getByRole('textbox', { name: '施行日期' }).fill('2023-12-31')
  await dialog.getByRole('textbox', { name: '修改原因' }).fill('年底改按时间进度')
  await dialog.getByRole('button', { name: '施行 时间进度 v2' }).click()
  await expect(dialog).toContainText('2023-12-31 起 时间进度 v2 · 王立新')
  await expect(dialog.getByRole('radio', { name: '本市 v1 现行' })).toBeChecked()
})

test('the plan that is compared with stays in the address; what is proved badly opens its project', async ({
  page,
}) => {
  await signedIn(page, 'diaodu')
  await page.goto('/desk')
  await page.getByRole('combobox', { name: '看哪盏灯' }).selectOption('进度')
  await page.getByRole('button', { name: '原计划' }).click()
  await expect(page).toHaveURL(/part=progress&form=original/)
  const red = page.locator('[data-light=red]')
  const original = await red.locator('[data-figure]:not(.light-other)').textContent()
  await page.reload()
  await expect(page.getByRole('button', { name: '原计划' })).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: '调整后' }).click()
  await expect(red.locator('.light-other')).toHaveText(`原 ${original}`)
  await page.getByRole('button', { name: '绿皮红心' }).click()
  await expect(page).toHaveURL(/open=evidence/)
  const first = page.locator('.evidence-row').first()
  const name = (await first.locator('.evidence-name').textContent()) ?? ''
  await first.click()
  const panel = page.getByRole('complementary', { name: '项目详情' })
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText(name)
  await expect(panel).toContainText('佐证差于填报（绿皮红心）')
})
