import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from '../support/page-watch.ts'
import { passwordOf } from '../support/serve.ts'

const panel = (page: Page) => page.getByRole('complementary', { name: '项目详情' })

// Signing in ends the session that one comes with: that of the run is not to be ended.
test.use({ storageState: { cookies: [], origins: [] } })

interface Late {
  projectId: number
  milestoneId: number
  name: string
}
async function signInAs(page: Page, login: string): Promise<void> {
  const data = { login, password: passwordOf(login) }
  expect((await page.request.post('/api/session', { data })).status()).toBe(200)
}

/** The figures of the city, and a late step of a unit that nobody has proposed to move. */
async function figures(page: Page) {
  const slip = await (await page.request.get('/api/milestone/slip')).json()
  return [slip.total.lateOriginal, slip.total.lateRevised]
}
async function lateStep(page: Page): Promise<Late> {
  const units = await (await page.request.get('/api/unit')).json()
  const unit = units.rows.find(({ name }: { name: string }) => name === '醴陵市')
  const late = await (
    await page.request.get(`/api/milestone/slip/row?against=revised&unit=${unit.id}`)
  ).json()
  const open = await (await page.request.get('/api/milestone/revision')).json()
  const known = new Set(open.rows.map((row: Late) => row.milestoneId))
  return late.rows.find(
    (row: Late & { actualDate: string | null }) =>
      row.actualDate === null && !known.has(row.milestoneId),
  )
}

test('a re-baseline is proposed by the unit and approved by the office; late against the original stays', async ({
  page,
}) => {
  await signInAs(page, 'diaodu')
  const before = await figures(page)
  const step = await lateStep(page)

  await signInAs(page, 'liling')
  await page.goto(`/desk?project=${step.projectId}`)
  await panel(page)
    .getByRole('button', { name: `提出调整：${step.name}`, exact: true })
    .click()
  const form = panel(page).locator('form')
  await form.getByRole('button', { name: '提交审批' }).click()
  await expect(form.getByLabel('调整为')).toHaveAttribute('aria-invalid', 'true')
  await form.getByLabel('调整为').fill('2024-06-30')
  await form.getByLabel('原因').selectOption({ label: '征地拆迁' })
  await form.getByLabel('说明').fill('红线内 12 户未签约，已排定签约时间')
  await form.getByRole('button', { name: '提交审批' }).click()
  const card = panel(page).getByRole('region', { name: '节点调整' }).first()
  await expect(card).toContainText('调整待审批')
  await expect(card).toContainText('2024-06-30')
  await expect(card.getByRole('button', { name: /^批准/ })).toHaveCount(0)

  await signInAs(page, 'diaodu')
  await page.goto(`/desk?project=${step.projectId}`)
  await expect(card).toContainText('红线内 12 户未签约')
  await expectAccessible(page)
  await card.getByRole('button', { name: /^批准/ }).click()
  await expect(panel(page).locator('.step-date', { hasText: '2024-06-30' })).toBeVisible()
  await panel(page).getByText('节点日期台账').click()
  await expect(panel(page).locator('.ledger-row').first()).toContainText('王立新批准')
  const [original, revised] = before
  expect(await figures(page)).toEqual([original, revised - 1])
})
