import { expect, type Page, test } from '@playwright/test'
import { expectAccessible, strayWords, watch } from '../support/page-watch.ts'
import { readPicture, tokens } from '../support/picture.ts'

const lights = ['--light-red', '--light-amber', '--light-green']
const painted = { timeout: 60_000 }

interface Screen {
  path: string
  size: { width: number; height: number }
  theme: string
  /** Until the map is asked for. */
  open: (page: Page) => Promise<void>
}

const screens: Record<string, Screen> = {
  wall: {
    path: '/wall',
    size: { width: 1920, height: 1080 },
    theme: '.wall',
    open: async () => {},
  },
  desk: {
    path: '/desk',
    size: { width: 1440, height: 900 },
    theme: '.desk',
    open: async () => {},
  },
  field: {
    path: '/field',
    size: { width: 390, height: 844 },
    theme: '.field',
    open: async (page) => {
      await page.locator('.field-row').first().click()
      await page.getByRole('button', { name: '看地图' }).click()
    },
  },
}

for (const [name, screen] of Object.entries(screens)) {
  test(`${name}: the map is painted, nothing is wrong on the page, nothing comes from elsewhere`, async ({
    page,
    baseURL,
  }) => {
    const seen = watch(page, baseURL ?? '')
    await page.setViewportSize(screen.size)
    await page.goto(screen.path)
    await screen.open(page)
    const map = page.locator('[data-map-state]').first()
    await expect(map).toHaveAttribute('data-map-state', 'painted', painted)
    expect(Number(await map.getAttribute('data-painted-projects'))).toBeGreaterThan(0)
    const wanted = await tokens(page, screen.theme, lights)
    const picture = await readPicture(map, wanted)
    expect(picture.colours).toBeGreaterThan(40)
    const shown = lights.filter((light) => (picture.pixels[light] ?? 0) > 20)
    expect(shown, JSON.stringify(picture.pixels)).not.toEqual([])
    if (name !== 'field') expect(shown).toEqual(lights)
    expect(await strayWords(page)).toEqual({ latin: [], keys: [] })
    await expectAccessible(page)
    expect(seen).toEqual({ errors: [], foreign: [] })
  })

  test(`${name}: in English no word is missing`, async ({ page }) => {
    await page.setViewportSize(screen.size)
    await page.goto(`${screen.path}?lang=en`)
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await expect(page.getByText('Demo clock')).toBeVisible()
    expect((await strayWords(page)).keys).toEqual([])
  })
}
