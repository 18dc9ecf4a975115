import { expect, test } from '@playwright/test'
import { expectKept } from '../support/kept.ts'
import { openLine } from '../support/line.ts'
import { expectAccessible } from '../support/page-watch.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

test('search by initials, open the card, call, navigate, and back to the list', async ({
  page,
}) => {
  await page.goto('/field')
  await page.getByRole('searchbox').fill('hgzn')
  await expect(page.locator('.field-row').first()).toContainText('宏工')
  await page.locator('.field-row').first().click()
  const card = page.getByRole('article', { name: '项目卡片' })
  await expect(card.getByRole('heading', { level: 1 })).toContainText('宏工')
  await expect(page).toHaveURL(/project=\d+/)
  await card.getByRole('button', { name: '导航' }).click()
  const amap = card.getByRole('link', { name: '高德地图' })
  await expect(amap).toHaveAttribute('href', /^https:\/\/uri\.amap\.com\/navigation\?to=113\.\d+,/)
  await expect(card.locator('.field-approximate')).toContainText('未经核实')
  await expectAccessible(page)
  await page.goBack()
  await expect(card).toBeHidden()
  await expect(page.getByRole('searchbox')).toHaveValue('hgzn')
})

test('a card with a person has a number to call', async ({ page }) => {
  const answer = await page.request.get('/api/project?limit=1&light=red')
  const { rows } = (await answer.json()) as { rows: { id: number }[] }
  await page.goto(`/field?project=${rows[0]?.id}`)
  await expect(page.locator('.field-call')).toHaveAttribute('href', /^tel:\+?\d+$/)
  await page.getByRole('button', { name: '返回' }).click()
  await expect(page.locator('.field-row').first()).toBeVisible()
})

test('with a position the nearest is first', async ({ page, context }) => {
  await context.grantPermissions(['geolocation'])
  await context.setGeolocation({ longitude: 113.78, latitude: 26.49 })
  await page.goto('/field')
  await expect(page.locator('.field-place')).toContainText('按离你的远近排列')
  await expect(page.locator('.field-row').first()).toContainText('炎陵')
  await expect(async () => {
    const texts = await page.locator('.field-row-distance').allTextContents()
    expect(texts.length).toBeGreaterThan(1)
    const metres = texts.map((text) => {
      const [, value, unit] = /([\d.]+) (km|m)/.exec(text) ?? []
      return Number(value) * (unit === 'km' ? 1000 : 1)
    })
    expect(metres).toEqual([...metres].sort((a, b) => a - b))
  }).toPass()
})

for (const width of [320, 430]) {
  test(`${width} px: nothing is wider than the screen, targets are large, text is readable`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 700 })
    await page.goto('/field')
    await page.locator('.field-row').first().click()
    await page.getByRole('button', { name: '导航' }).click()
    await expect(page.locator('.field-part')).toHaveCount(6)
    const faults = () => {
      const shown = [...document.querySelectorAll<HTMLElement>('.field *')].filter(
        (element) => element.getBoundingClientRect().width > 0 && !element.closest('svg'),
      )
      const wide = shown.filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      // A hidden input is reached by its label.
      const targets = shown.filter((element) =>
        element.matches('button, a, input:not(.visually-hidden), select, label.button'),
      )
      const low = targets.filter((element) => element.getBoundingClientRect().height < 44)
      const small = shown.filter(
        (element) =>
          [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()) &&
          !element.matches('.visually-hidden') &&
          Number.parseFloat(getComputedStyle(element).fontSize) < 16,
      )
      return [wide, low, small].map((list) => list.map((element) => element.className))
    }
    await expect.poll(() => page.evaluate(faults)).toEqual([[], [], []])
  })
}

test('without a network it opens with the last data and says so', async ({ browser, baseURL }) => {
  const line = await openLine(baseURL ?? '')
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  try {
    await page.goto(`${line.url}/field`)
    await page.locator('.field-row').first().click()
    await expect(page.locator('.field-card h1')).toHaveText(/\S/)
    const name = (await page.locator('.field-card h1').textContent()) ?? ''
    await expectKept(page, '/field', ['["map","now"]', '["unit","list"', '["project",'])
    line.cut()
    await page.reload()
    await expect(page.locator('.field')).toContainText('离线：数据为')
    await expect(page.locator('.field-card h1')).toHaveText(name)
    await page.getByRole('button', { name: '返回' }).click()
    await expect(page.locator('.field-row').first()).toBeVisible()
  } finally {
    await context.close()
    await line.close()
  }
})

test('a project that is not kept says so without a network, and opens when it is back', async ({
  page,
  context,
}) => {
  await page.goto('/field')
  await expect(page.locator('.field-row').nth(3)).toBeVisible()
  await context.setOffline(true)
  await page.locator('.field-row').nth(3).click()
  await expect(page.locator('.field-card')).toContainText('现在没有网络')
  await context.setOffline(false)
  await expect(page.locator('.field-card h1')).toBeVisible()
})

test('a position that nobody surveyed is hollow in list and card, and no map button covers 返回', async ({
  page,
}) => {
  const answer = await page.request.get('/api/project?limit=1000&light=red')
  const { rows } = (await answer.json()) as { rows: { id: number; positionQuality: string }[] }
  for (const isSurveyed of [true, false]) {
    const id = rows.find((row) => (row.positionQuality === 'surveyed') === isSurveyed)?.id
    await page.goto(`/field?project=${id}`)
    const body = page.locator('.field-light path').first()
    await expect(body).toHaveAttribute('fill', isSurveyed ? /light-red/ : 'none')
  }
  await page.getByRole('button', { name: '看地图' }).click()
  await expect(page.locator('.map-zoom')).toBeVisible()
  const back = page.getByRole('button', { name: '返回' })
  const covered = await page.evaluate(() => {
    const bar = document.querySelector('.field-card-bar')?.getBoundingClientRect()
    const zoom = document.querySelector('.map-zoom')?.getBoundingClientRect()
    const card = document.querySelector('.field-card')
    if (!bar || !zoom || !card) return null
    card.scrollTop += zoom.top - bar.top
    const under = document.elementFromPoint(zoom.left + zoom.width / 2, bar.top + bar.height / 2)
    return under?.closest('.field-card-bar, .map-zoom')?.className
  })
  expect(covered).toBe('field-card-bar')
  await back.click()
  const hollow = page.locator('.field-row path[fill="none"]')
  await expect(hollow.first()).toBeVisible()
})

test('a site that was reported but not surveyed is called that, never "not the site"', async ({
  page,
}) => {
  const answer = await page.request.get('/api/project?limit=1000')
  const { rows } = (await answer.json()) as { rows: { id: number; positionQuality: string }[] }
  await page.goto(`/field?project=${rows.find((row) => row.positionQuality === 'site')?.id}`)
  await expect(page.locator('.field-approximate')).toHaveText('场址位置，未经实测核实')
})
