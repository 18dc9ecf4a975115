import type { Page } from '@playwright/test'

/** The server stores the next report of the page, and its answer never comes. */
export async function loseNextAnswer(page: Page): Promise<void> {
  let lost = 0
  await page.route('**/api/report', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue()
    lost += 1
    await route.fetch()
    await route.abort('connectionreset')
  })
}
