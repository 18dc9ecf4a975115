import { type Browser, expect, type Page, test } from '@playwright/test'
import { numbersOn, type ShownFigure } from '../support/figures.ts'
import { screens } from '../support/screens.ts'
import { passwordOf } from '../support/serve.ts'

/** Nouns whose rows a screen may show as they are stored; each opens on its own line or panel. */
const nouns = [
  'account',
  'agenda',
  'audit',
  'body',
  'city',
  'device',
  'dispatch',
  'forecast',
  'holder',
  'hotspot',
  'inbox',
  'investment',
  'issue',
  'light',
  'milestone',
  'notice',
  'park',
  'person',
  'photo',
  'project',
  'reference',
  'report',
]
/** Of one name so many keys are opened in the whole walk: opening one takes a second or two. */
const most = 2

async function pageFor(browser: Browser, login: string): Promise<Page> {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  const data = { login, password: passwordOf(login) }
  expect((await context.request.post('/api/session', { data })).ok()).toBe(true)
  return context.newPage()
}

/** Of each name the first and the last key, as far as it has not been opened often enough. */
function toOpen(shown: readonly ShownFigure[], opened: readonly string[]): ShownFigure[] {
  const unique = [...new Map(shown.map((figure) => [figure.key, figure])).values()]
  return [...new Set(unique.map(({ name }) => name))].flatMap((name) => {
    const left = most - opened.filter((one) => one === name).length
    const of = unique.filter((figure) => figure.name === name)
    return [...new Set([of[0], of[of.length - 1]])].slice(0, left).flatMap((one) => one ?? [])
  })
}

/** Opens a figure where it stands, sees that its rows make what the screen shows, and closes it. */
async function opens(page: Page, { key, value: shown }: ShownFigure): Promise<void> {
  const figure = page.locator(`[data-key="${key}"]`).first()
  // Within a drawing there is nothing to press: its link opens it.
  if ((await figure.evaluate((element) => element.tagName)) === 'BUTTON') {
    await figure.evaluate((element: HTMLElement) => element.click())
  } else {
    await page.goto(`${page.url().split('?')[0]}?explain=${encodeURIComponent(key)}`)
  }
  const account = page.locator(`[data-explained="${key}"]`)
  await expect(account, key).toHaveAttribute('data-adds-up', 'true')
  const told = await account.getAttribute('data-value')
  // As it is shown by now, unless its menu has closed: it may still have been on its way before.
  const value = (await figure.count()) > 0 ? await figure.getAttribute('data-value') : shown
  expect(told === '', `${key} is known`).toBe(value === '')
  expect(Number(told), key).toBeCloseTo(Number(value), 4)
  await page.locator('dialog[open]').last().getByRole('button', { name: '关闭' }).click()
  await expect(account).toHaveCount(0)
}

test('every number of every screen opens to rows that add up to it, or is a row’s own', async ({
  page,
  browser,
}) => {
  test.setTimeout(900_000)
  const opened: string[] = []
  const failed: string[] = []
  for (const { name, path, login, size, ready } of screens) {
    await test.step(name, async () => {
      const at = login ? await pageFor(browser, login) : page
      await at.setViewportSize({ width: size?.[0] ?? 1440, height: size?.[1] ?? 900 })
      at.setDefaultTimeout(15_000)
      await at.goto(path)
      await ready(at).catch((error: Error) =>
        failed.push(`${name}: ${error.message.slice(0, 200)}`),
      )
      const shown = await numbersOn(at)
      expect.soft(shown.unexplained, `numbers of ${name} that nothing explains`).toEqual([])
      expect(shown.records.filter((noun) => !nouns.includes(noun))).toEqual([])
      for (const figure of toOpen(shown.figures, opened)) {
        opened.push(figure.name)
        // A menu closes when one of its figures opens.
        if ((await at.locator(`[data-key="${figure.key}"]`).count()) === 0) await ready(at)
        await opens(at, figure).catch((error: Error) =>
          failed.push(`${name}: ${error.message.slice(0, 300)}`),
        )
      }
      if (login) await at.context().close()
    })
  }
  expect(failed).toEqual([])
  expect(new Set(opened).size).toBeGreaterThan(60)
})

test('the link of a figure shows a colleague the same rows; the keyboard and a finger open it too', async ({
  page,
}) => {
  await page.goto('/desk?light=red&explain=project.done')
  const account = page.locator('[data-explained="project.done"]')
  await expect(account).toHaveAttribute('data-adds-up', 'true')
  const rows = account.locator('tbody tr')
  const found = await rows.count()
  expect(found).toBeGreaterThan(0)
  await page.keyboard.press('Escape')
  await expect(account).toHaveCount(0)
  await expect(page).toHaveURL(/light=red$/)
  await page.locator('[data-key="project.done"]').first().focus()
  await page.keyboard.press('Enter')
  await expect(rows).toHaveCount(found)
  await rows.first().getByRole('button').click()
  await expect(page).toHaveURL(/project=\d+/)
  await page.goto('/desk?explain=project.nothing')
  await expect(page.getByText('没有这个数的说明')).toBeVisible()
})
