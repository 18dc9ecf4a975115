import { expect, test } from '@playwright/test'

test('a browser that is too old is told so in words; others are not', async ({ page }) => {
  await page.goto('/desk')
  await expect(page.getByRole('grid')).toBeVisible()
  await expect(page.locator('#browser-note')).toHaveCount(0)
  await page.addInitScript(() => Reflect.deleteProperty(Object, 'hasOwn'))
  await page.reload()
  await expect(page.locator('#browser-note')).toContainText('这个浏览器太旧')
})
