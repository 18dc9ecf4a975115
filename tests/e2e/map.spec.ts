import { expect, type Page, test } from '@playwright/test'
import { readPicture, tokens } from '../support/picture.ts'

const map = (page: Page) => page.locator('[data-map-state]').first()
const scale = (page: Page) => page.locator('.maplibregl-ctrl-scale')

async function paint(page: Page): Promise<void> {
  await expect(map(page)).toHaveAttribute('data-map-state', 'painted', { timeout: 60_000 })
}

/** Metres that the scale at the map's edge says, whatever the language. */
async function scaleMetres(page: Page): Promise<number> {
  const [, value, unit] = /([\d.]+)\s*(\S+)/.exec((await scale(page).textContent()) ?? '') ?? []
  return Number(value) * (unit === '公里' || unit === 'km' ? 1000 : 1)
}

const namedAt = [
  { path: '/wall', width: 1920, height: 1080 },
  { path: '/wall', width: 3840, height: 2160 },
  { path: '/wall', width: 1024, height: 768 },
  { path: '/desk', width: 1280, height: 720 },
]

for (const { path, width, height } of namedAt) {
  test(`${path} at ${width} × ${height}: every unit has its name on the map of the whole city`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height })
    await page.goto(path)
    await paint(page)
    const answer = await page.request.get('/api/unit')
    const { rows } = (await answer.json()) as {
      rows: { id: number; level: string; labelPoint: unknown }[]
    }
    const units = rows.filter((unit) => unit.level === 'unit' && unit.labelPoint)
    expect(units.length).toBeGreaterThanOrEqual(9)
    await expect
      .poll(async () => ids(await map(page).getAttribute('data-named-units')))
      .toEqual(units.map(({ id }) => id).sort((a, b) => a - b))
  })
}

const ids = (text: string | null) =>
  (text ?? '')
    .split(' ')
    .map(Number)
    .sort((a, b) => a - b)

test('a shared link flies to its project, which stays in view when the window changes', async ({
  page,
}) => {
  const answer = await page.request.get('/api/project?limit=100&light=red')
  const { rows } = (await answer.json()) as { rows: { id: number; positionQuality: string }[] }
  const placed = rows.find((row) => row.positionQuality !== 'none')
  await page.goto(`/desk?project=${placed?.id}`)
  await paint(page)
  await expect.poll(() => scaleMetres(page)).toBeLessThanOrEqual(5000)
  for (const width of [1440, 1200, 1700]) {
    await page.setViewportSize({ width, height: width === 1200 ? 600 : 900 })
    await expect.poll(() => ringPixels(page)).toBeGreaterThan(20)
  }
  expect(await scaleMetres(page)).toBeLessThanOrEqual(5000)
})

/** Pixels of the ring around the selected project. */
async function ringPixels(page: Page): Promise<number> {
  const picture = await readPicture(map(page), await tokens(page, '.desk', ['--accent']))
  return picture.pixels['--accent'] ?? 0
}

test('the map follows the language and keeps its view', async ({ page }) => {
  await page.goto('/desk')
  await paint(page)
  const canvas = page.locator('.maplibregl-canvas')
  await expect(scale(page)).toHaveText(/公里/)
  const before = await scaleMetres(page)
  await page.getByRole('button', { name: '放大' }).click()
  await expect.poll(() => scaleMetres(page)).toBeLessThan(before)
  await page.getByRole('button', { name: 'English' }).click()
  await expect(scale(page)).toHaveText(/km/)
  await expect(canvas).toHaveAttribute('aria-label', /arrow keys/)
  expect(await scaleMetres(page)).toBeLessThan(before)
  await page.getByRole('button', { name: '中文' }).click()
  await expect(canvas).toHaveAttribute('aria-label', /方向键/)
})

test('a cluster that is looked into leaves no tooltip behind', async ({ page }) => {
  await page.goto('/desk')
  await paint(page)
  const before = await scaleMetres(page)
  const tooltip = page.locator('.map-tooltip')
  const box = await map(page).boundingBox()
  const { x = 0, y = 0, width = 0, height = 0 } = box ?? {}
  let step = 0
  // Down the middle of the city, until the pointer rests on a cluster.
  await expect
    .poll(
      async () => {
        step = (step + 0.02) % 1
        await page.mouse.move(x + 0.5 * width, y + step * height)
        return tooltip.count()
      },
      { intervals: [100] },
    )
    .toBe(1)
  await page.mouse.down()
  await page.mouse.up()
  await expect.poll(() => scaleMetres(page)).toBeLessThan(before)
  await expect(tooltip).toHaveCount(0)
})

test('on a low map the legend begins closed and leaves the buttons free', async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 450 })
  await page.goto('/desk')
  await paint(page)
  const legend = await page.locator('.map-legend').boundingBox()
  const buttons = await page.locator('.map-zoom').boundingBox()
  expect(legend?.y).toBeGreaterThanOrEqual((buttons?.y ?? 0) + (buttons?.height ?? 0))
})
