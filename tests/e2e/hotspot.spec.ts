import { expect, test } from '@playwright/test'
import { expectAccessible } from '../support/page-watch.ts'

test('from the map to an order for the projects of a hotspot in four taps', async ({ page }) => {
  await page.goto('/desk?listed=yes')
  await page.getByRole('checkbox', { name: '滞后热点' }).check()
  await page.getByRole('button', { name: '2 处热点名单' }).click()
  const places = page.locator('.hotspot-place')
  await expect(places).toHaveCount(2)
  // The two that the pack has planted, each with what is behind it.
  await expect(places.nth(0)).toContainText('荷塘产业开发区')
  await expect(places.nth(0)).toContainText('征地拆迁')
  await expect(places.nth(1)).toContainText('攸县高新区')
  await expect(places.nth(1)).toContainText('水电气路配套')
  await expect(places.nth(0)).toContainText('不足 10 期')
  await expectAccessible(page)
  await places.nth(1).getByRole('button', { name: '给滞后项目下调度单' }).click()
  await page.getByRole('button', { name: /^下达给 \d+ 个承办方$/ }).click()
  await expect(page).toHaveURL(/dispatch=\d+/)
  const id = new URL(page.url()).searchParams.get('dispatch')
  const order = await (await page.request.get(`/api/dispatch/${id}`)).json()
  expect(order.origin).toBe('hotspot')
})

test('the reader’s own measure is judged in the page, and no hotspot is said as such', async ({
  page,
}) => {
  await page.goto('/desk?open=hotspot')
  await page.getByText('按自己的口径看').click()
  // What only the page can say while the server is not answering.
  await page.route(/\/api\/hotspot\?.*measure=slip/, () => {})
  await page.getByLabel('指标').selectOption('slip')
  await expect(page.getByText(/判断了 \d+ 处，0 处热点超出偶然/)).toBeVisible()
  await expect(page.getByText('没有超出偶然的聚集')).toBeVisible()
  await expect(page).toHaveURL(/ask=slip/)
  await page.getByRole('button', { name: '取消' }).click()
  await expect(page.locator('.hotspot-place')).toHaveCount(2)
})
