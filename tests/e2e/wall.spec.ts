import { expect, type Page, test } from '@playwright/test'
import { expectKept } from '../support/kept.ts'
import { openLine } from '../support/line.ts'

const sizes = [
  { width: 1440, height: 900, languages: ['zh', 'en'] },
  { width: 1920, height: 1080, languages: ['zh', 'en'] },
  { width: 3840, height: 2160, languages: ['zh'] },
  { width: 7680, height: 2160, languages: ['zh', 'en'] },
].flatMap(({ languages, ...size }) => languages.map((language) => ({ ...size, language })))

const text = (page: Page) => page.locator('.wall')

for (const { language, ...size } of sizes) {
  test(`${size.width} × ${size.height} in ${language}: everything fits, nothing overlaps, no text below a 40th of the height`, async ({
    page,
  }) => {
    await page.setViewportSize(size)
    await page.goto(`/wall?scene=overview&lang=${language}`)
    await expectFitting(page)
  })
}

const absurd = [
  { name: 'enormous', wan: 99_999_999_999, shown: /\d,\d{3},\d{3}\.\d\d/ },
  { name: 'negative', wan: -999_999, shown: /−\d/ },
]
for (const { name, wan, shown } of absurd) {
  for (const language of ['zh', 'en']) {
    test(`a figure that is ${name} fits all the same, in ${language}`, async ({ page }) => {
      const errors: string[] = []
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
      await page.setViewportSize({ width: 1920, height: 1080 })
      await claim(page, wan)
      await page.goto(`/wall?scene=overview&lang=${language}`)
      await expect(page.locator('.wall-panel-season h2')).toHaveText(shown)
      await expectFitting(page)
      expect(errors).toEqual([])
    })
  }
}

/** As if somebody had reported so much of one project in May. */
async function claim(page: Page, wan: number): Promise<void> {
  await page.route(/\/api\/map(\?|$)/, async (route) => {
    const response = await route.fetch()
    const snapshot = await response.json()
    const { counted, planKind, doneWan, annualWan, lagPoints } = snapshot.columns
    const row = counted.findIndex((one: number, at: number) => one === 1 && planKind[at] === 0)
    doneWan[row] = wan
    lagPoints[row] = (wan / annualWan[row]) * 100
    await route.fulfill({ response, json: snapshot })
  })
  await page.route('**/api/investment/curve*', async (route) => {
    const response = await route.fetch()
    const curve = await response.json()
    curve.months[4].actualWan += 2 * wan
    await route.fulfill({ response, json: curve })
  })
}

async function expectFitting(page: Page): Promise<void> {
  await expect(page.locator('.wall-units li')).toHaveCount(11)
  await expect(page.locator('.wall-season text').first()).toBeVisible()
  const faultless = { small: [], clipped: [], overlaps: [] }
  await expect.poll(() => page.evaluate(measure)).toEqual(faultless)
}

for (const { language, ...size } of [
  { width: 1920, height: 1080, language: 'zh' },
  { width: 7680, height: 2160, language: 'en' },
]) {
  test(`the hotspots fit at ${size.width} × ${size.height} in ${language}`, async ({ page }) => {
    await page.setViewportSize(size)
    await page.goto(`/wall?scene=hotspot&lang=${language}`)
    await expect(page.locator('.wall-hot li')).toHaveCount(2)
    await expect
      .poll(() => page.evaluate(measure))
      .toEqual({ small: [], clipped: [], overlaps: [] })
  })
}

test('scenes take turns on the one map, which is not made anew', async ({ page }) => {
  await page.goto('/wall?scene=overview,hotspot&dwell=8')
  const canvas = page.locator('.wall-map canvas')
  await expect(page.locator('[data-map-state]')).toHaveAttribute('data-map-state', 'painted')
  await canvas.evaluate((element) => element.setAttribute('data-first', ''))
  for (const scene of ['hotspot', 'overview', 'hotspot']) {
    await expect(page.locator('.wall')).toHaveAttribute('data-scene', scene)
    await expect(page.locator(scene === 'hotspot' ? '.wall-hot' : '.wall-units')).toBeVisible()
  }
  await expect(canvas).toHaveCount(1)
  await expect(canvas).toHaveAttribute('data-first', '')
})

test('a phone is told that the wall is for a big screen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/wall?scene=overview')
  await expect(page.getByText('这个画面是给大屏幕看的')).toBeVisible()
  await page.getByRole('link', { name: '现场' }).click()
  await expect(page.locator('.field-row').first()).toBeVisible()
})

test('the figures are those that the server counts', async ({ page }) => {
  await page.goto('/wall?scene=overview')
  const answer = await page.request.get('/api/project?limit=1000&listed=true')
  const { rows } = (await answer.json()) as { rows: Row[] }
  const counted = rows.filter((row) => row.counted)
  const sum = (value: (row: Row) => number | null) =>
    counted.reduce((total, row) => total + (value(row) ?? 0), 0)
  const yi = (wan: number) =>
    (wan / 10_000).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const figures = page.locator('.wall-figure strong')
  await expect(figures.nth(0)).toHaveText(String(counted.length))
  await expect(figures.nth(1)).toHaveText(yi(sum((row) => row.totalWan)))
  await expect(figures.nth(2)).toHaveText(yi(sum((row) => row.annualWan)))
  await expect(figures.nth(3)).toHaveText(yi(sum((row) => row.doneWan)))
  const red = counted.filter((row) => row.light.state === 'red').length
  await expect(page.locator('.wall-lights li').first()).toContainText(String(red))
  await expect(page.locator('.wall-line')).toContainText(`${red} 个项目严重滞后`)
})
interface Row {
  counted: boolean
  totalWan: number | null
  annualWan: number | null
  doneWan: number | null
  light: { state: string }
}

test('without its server it keeps the last data with its age, reloaded too, and comes back by itself', async ({
  browser,
  baseURL,
}) => {
  const line = await openLine(baseURL ?? '')
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
  const page = await context.newPage()
  try {
    await page.goto(`${line.url}/wall?scene=overview`)
    await expect(page.locator('.wall-units li')).toHaveCount(11)
    await expect(page.locator('[data-map-state]')).toHaveAttribute('data-map-state', 'painted')
    await expect(page.locator('.wall-line')).toHaveText(/\S/)
    const sentence = (await page.locator('.wall-line').textContent()) ?? ''
    await expectKept(page, '/wall', ['["map","now"]', '["unit","list"', '["investment","curve"'])
    line.cut()
    await expect(text(page)).toContainText('离线：数据为')
    await expect(page.locator('.wall-line')).toHaveText(sentence)
    await page.reload()
    await expect(page.locator('.wall-line')).toHaveText(sentence)
    await expect(text(page)).toContainText('离线：数据为')
    line.mend()
    await expect(text(page)).not.toContainText('离线：数据为')
  } finally {
    await context.close()
    await line.close()
  }
})

test('a lost graphics context is painted again by itself', async ({ page }) => {
  await page.goto('/wall?scene=overview')
  const map = page.locator('[data-map-state]')
  await expect(map).toHaveAttribute('data-map-state', 'painted')
  await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.wall-map canvas')
    canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext()
  })
  await expect(page.locator('.wall-map canvas')).toHaveCount(1)
  await expect.poll(() => page.evaluate(isDrawing), { message: 'the map draws again' }).toBe(true)
  await expect(map).toHaveAttribute('data-map-state', 'painted')
})

function isDrawing(): boolean {
  const canvas = document.querySelector<HTMLCanvasElement>('.wall-map canvas')
  const gl = canvas?.getContext('webgl2')
  return gl !== null && gl !== undefined && !gl.isContextLost()
}

test.describe('with another build on the server', () => {
  test.use({ serviceWorkers: 'block' })

  test('the wall loads it by itself, and only when the server is healthy', async ({ page }) => {
    let isHealthy = false
    let loads = 0
    let looks = 0
    page.on('load', () => {
      loads += 1
    })
    await page.clock.install()
    await page.goto('/wall?scene=overview')
    await expect(page.locator('.wall-units li')).toHaveCount(11)
    await page.route('**/health/ready', (route) =>
      isHealthy ? route.continue() : route.fulfill({ status: 503, body: '{}' }),
    )
    await page.route('**/wall', async (route) => {
      if (route.request().isNavigationRequest()) return route.continue()
      looks += 1
      await route.fulfill({
        contentType: 'text/html',
        body: '<script type="module" src="/assets/index-another.js"></script>',
      })
    })
    // Only when it asks again has it drawn its conclusion from the answer before.
    for (let cycle = 0; cycle < 2; cycle++) {
      const asked = page.waitForResponse('**/health/ready')
      await page.clock.fastForward(61_000)
      await asked
    }
    expect([loads, looks]).toEqual([1, 0])
    isHealthy = true
    const loaded = page.waitForEvent('load')
    await page.clock.fastForward(61_000)
    await loaded
    expect(loads).toBe(2)
    expect(looks).toBeGreaterThan(0)
    await expect(page.locator('.wall-units li')).toHaveCount(11)
  })
})

/** Runs in the page: texts too small, texts cut off, boxes that lie on each other. */
function measure(): { small: string[]; clipped: string[]; overlaps: string[] } {
  const least = innerHeight / 40 - 0.1
  const own = [...document.querySelectorAll<HTMLElement | SVGElement>('.wall-shift *')].filter(
    (element) =>
      !element.closest('.wall-map') &&
      [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
  )
  const shown = own.filter((element) => element.getBoundingClientRect().width > 0)
  const label = (element: Element) => `${element.className} ${element.textContent}`
  const sizeOf = (element: Element) => {
    const size = Number.parseFloat(getComputedStyle(element).fontSize)
    const svg = element.closest('svg')
    return svg ? (size * svg.getBoundingClientRect().width) / svg.viewBox.baseVal.width : size
  }
  const inside = (element: Element, box: DOMRect) => {
    const { left, right, top, bottom } = element.getBoundingClientRect()
    return (
      left >= box.left - 1 &&
      right <= box.right + 1 &&
      top >= box.top - 1 &&
      bottom <= box.bottom + 1
    )
  }
  const boxes = [...document.querySelectorAll('.wall-top, .wall-panel, .wall-foot')]
  const overlaps = boxes.flatMap((one, index) =>
    boxes.slice(index + 1).flatMap((other) => {
      const a = one.getBoundingClientRect()
      const b = other.getBoundingClientRect()
      const isApart =
        a.right <= b.left + 1 ||
        b.right <= a.left + 1 ||
        a.bottom <= b.top + 1 ||
        b.bottom <= a.top + 1
      return isApart ? [] : [`${one.className} on ${other.className}`]
    }),
  )
  const holder = (element: Element) => element.closest('.wall-top, .wall-panel, .wall-foot')
  return {
    small: shown.filter((element) => sizeOf(element) < least).map(label),
    clipped: shown
      .filter((element) => {
        const box = holder(element)?.getBoundingClientRect()
        return !box || !inside(element, box)
      })
      .map(label),
    overlaps,
  }
}
