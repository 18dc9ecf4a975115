import { type Browser, expect, type Page, test } from '@playwright/test'
import { expectAccessible } from '../support/page-watch.ts'
import { passwordOf } from '../support/serve.ts'

/** The phone of somebody else, signed in. */
async function phoneOf(browser: Browser, login: string): Promise<Page> {
  const context = await browser.newContext({
    storageState: { cookies: [], origins: [] },
    viewport: { width: 390, height: 844 },
  })
  const data = { login, password: passwordOf(login) }
  expect((await context.request.post('/api/session', { data })).status()).toBe(200)
  return context.newPage()
}
const pane = (page: Page) => page.getByRole('complementary', { name: '闭环办理' })
const press = (page: Page, name: string | RegExp) =>
  pane(page)
    .getByRole('button', { name, exact: typeof name === 'string' })
    .click()

test('an order goes from a filter to its owner’s phone, and back to be closed', async ({
  browser,
  page: sender,
}) => {
  const units = (await (await sender.request.get('/api/unit')).json()) as {
    rows: { id: number; name: string }[]
  }
  const unit = units.rows.find(({ name }) => name === '醴陵市')?.id
  await sender.goto(`/desk?unit=${unit}&light=amber`)
  await sender.getByRole('button', { name: '下调度单', exact: true }).click()
  await expect(pane(sender).getByRole('heading', { name: '下达调度单' })).toBeVisible()
  const owners = pane(sender).getByRole('checkbox')
  const unitBox = pane(sender).getByRole('checkbox', { name: /^醴陵市 填报单位/ })
  await expect(unitBox).toBeChecked()
  for (const box of await owners.all()) await box.uncheck()
  await unitBox.check()
  await expectAccessible(sender)
  await press(sender, '下达给 1 个承办方')
  await expect(pane(sender)).toContainText('1 方还没有签收')
  await expect(sender).toHaveURL(/open=dispatch.*dispatch=\d+|dispatch=\d+.*open=dispatch/)
  const link = `/desk?open=dispatch&dispatch=${new URL(sender.url()).searchParams.get('dispatch')}`

  const owner = await phoneOf(browser, 'liling')
  await owner.goto(link)
  await press(owner, '签收')
  await press(owner, '反馈结果')
  await expect(pane(owner).getByLabel('办理结果')).toBeVisible()
  await pane(owner).getByLabel('办理结果').fill('五个项目已全部恢复施工')
  await pane(owner).locator('form').getByRole('button', { name: '反馈结果' }).click()
  await expect(pane(owner)).toContainText('待检查')
  await expectAccessible(owner)

  // Told without a reload.
  await expect(pane(sender)).toContainText('五个项目已全部恢复施工')
  await press(sender, '通过检查')
  await pane(sender).locator('form').getByRole('button', { name: '通过检查' }).click()
  await expect(pane(sender).locator('.badge-dispatch-closed')).toHaveText('已办结')
})

test('the inbox leads to what waits, and the ladder shows who has it', async ({ page }) => {
  await page.goto('/desk')
  await page
    .getByRole('navigation', { name: '闭环办理' })
    .getByRole('button', { name: '待办' })
    .click()
  await expect(page).toHaveURL(/open=inbox/)
  await expectAccessible(page)
  await pane(page)
    .getByRole('link', { name: /检查反馈/ })
    .first()
    .click()
  await expect(pane(page)).toContainText('待检查')
  await page.getByRole('button', { name: '协调机构' }).click()
  await press(page, /^项目建设攻坚专班/)
  await expect(pane(page).getByRole('link').first()).toContainText('逾期')
  await expectAccessible(page)
})
