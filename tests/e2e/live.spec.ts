/** A change made through the API is seen on every open page, and none is lost by a broken line. */
import { randomUUID } from 'node:crypto'
import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { openLine } from '../support/line.ts'
import { ownProject } from '../support/own-project.ts'

interface Row {
  id: number
  code: string
  counted: boolean
  reportedMonth: string | null
}

async function projects(request: APIRequestContext, query: string): Promise<Row[]> {
  const answer = await request.get(`/api/project?limit=1000&${query}`)
  return ((await answer.json()) as { rows: Row[] }).rows
}

async function rename(request: APIRequestContext, id: number, name: string): Promise<void> {
  const answer = await request.patch(`/api/project/${id}`, {
    data: { name, reason: '浏览器测试' },
  })
  expect(answer.status(), await answer.text()).toBe(200)
}

/** Milliseconds from the answer of a write until the page shows it. */
async function measured(what: string, write: () => Promise<void>, seen: () => Promise<void>) {
  await write()
  const began = performance.now()
  await seen()
  console.log(`${what}: shown ${Math.round(performance.now() - began)} ms after the answer`)
}

const shows = (page: Page, selector: string, text: string) => async () => {
  await page.waitForFunction(
    ({ where, what }) =>
      [...document.querySelectorAll(where)].some((element) => element.textContent?.includes(what)),
    { where: selector, what: text },
    { polling: 20, timeout: 60_000 },
  )
}

/** The stream is open once the page has asked for it and was answered. */
async function openLive(page: Page, path: string): Promise<void> {
  const stream = page.waitForResponse((response) => response.url().includes('/api/event'))
  await page.goto(path)
  await stream
}

/** The first painting of a map takes a machine without a graphics card seconds: it is not what is measured. */
const settled = (page: Page) => expect(page.locator('[data-map-state=painted]')).toBeVisible()

test('desk: a new name is in the list', async ({ page, request }) => {
  const { id, code } = await ownProject(request)
  await openLive(page, `/desk?q=${code}`)
  await expect(page.locator(`[data-project="${id}"]`)).toBeVisible()
  await settled(page)
  const name = `改名甲${Date.now()}`
  await measured(
    'desk',
    () => rename(request, id, name),
    shows(page, `[data-project="${id}"]`, name),
  )
})

test('field: a new name is on the open card and in the list', async ({ page, request }) => {
  const { id } = await ownProject(request)
  await page.setViewportSize({ width: 390, height: 844 })
  await openLive(page, `/field?project=${id}`)
  await expect(page.locator('.field-card h1')).toBeVisible()
  const name = `改名乙${Date.now()}`
  await measured('field', () => rename(request, id, name), shows(page, '.field-card h1', name))
  await page.getByRole('button', { name: '返回' }).click()
  await page.getByRole('searchbox').fill(name)
  await expect(page.locator('.field-row')).toHaveCount(1)
})

test('wall: a report moves the sum', async ({ page, request }) => {
  const rows = await projects(request, 'listed=true&light=green')
  const row = rows.find((one) => one.counted && one.reportedMonth === '2023-04-01')
  if (!row) throw new Error('no project that waits for its May report')
  await page.setViewportSize({ width: 1920, height: 1080 })
  await openLive(page, '/wall')
  const done = page.locator('.wall-figure strong').nth(3)
  await expect(done).toHaveText(/\d/)
  await settled(page)
  const before = Number((await done.textContent())?.replaceAll(',', ''))
  const after = (before + 1.5).toFixed(2)
  const report = async () => {
    const answer = await request.post('/api/report', {
      data: { key: randomUUID(), projectId: row.id, month: '2023-05-01', actualWan: 15_000 },
    })
    expect(answer.status(), await answer.text()).toBe(201)
  }
  await measured('wall', report, shows(page, '.wall-figure strong', after))
})

test('changes made while the line is broken arrive when it is back, the latest last', async ({
  browser,
  baseURL,
  request,
}) => {
  const line = await openLine(baseURL ?? '')
  const one = await ownProject(request)
  const two = await ownProject(request)
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  try {
    await openLive(page, `${line.url}/field`)
    const search = page.getByRole('searchbox')
    // Both are known before the line breaks: what comes afterwards are their new names.
    for (const { code } of [one, two]) {
      await search.fill(code)
      await expect(page.locator('.field-row')).toHaveCount(1)
    }
    line.cut()
    await expect(page.locator('.field')).toContainText('离线：数据为')
    const stamp = Date.now()
    await rename(request, one.id, `断线一${stamp}`)
    await rename(request, two.id, `断线二${stamp}`)
    await rename(request, one.id, `断线三${stamp}`)
    line.mend()
    await expect(page.locator('.field')).not.toContainText('离线：数据为')
    await search.fill(String(stamp))
    await expect(page.locator('.field-row')).toHaveCount(2)
    await expect(page.locator('.field-rows')).toContainText(`断线三${stamp}`)
    await expect(page.locator('.field-rows')).toContainText(`断线二${stamp}`)
  } finally {
    await context.close()
    await line.close()
  }
})
