import { expect, type Page, test } from '@playwright/test'
import { expectAccessible, strayWords, watch } from '../support/page-watch.ts'
import { readPicture, tokens } from '../support/picture.ts'

const lights = ['--light-red', '--light-amber', '--light-green']

interface Screen {
  path: string
  size: { width: number; height: number }
  theme: string
  /** Until the map is asked for. */
  open: (page: Page) => Promise<void>
  /** Until its list and one project of it are there, whatever the language. */
  read: (page: Page) => Promise<void>
}

const screens: Record<string, Screen> = {
  wall: {
    path: '/wall',
    size: { width: 1920, height: 1080 },
    theme: '.wall',
    open: async () => {},
    read: async (page) => {
      await expect(page.locator('.wall-units li')).toHaveCount(11)
      await expect(page.locator('.wall-season text').first()).toBeVisible()
    },
  },
  desk: {
    path: '/desk',
    size: { width: 1440, height: 900 },
    theme: '.desk',
    open: async () => {},
    read: async (page) => {
      await page.locator('[data-project]').first().click()
      await expect(page.locator('.panel h2')).toHaveText(/\S/)
    },
  },
  field: {
    path: '/field',
    size: { width: 390, height: 844 },
    theme: '.field',
    open: async (page) => {
      await page.locator('.field-row').first().click()
      await page.getByRole('button', { name: '看地图' }).click()
    },
    read: async (page) => {
      await page.locator('.field-row').first().click()
      await expect(page.locator('.field-card h1')).toHaveText(/\S/)
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
    await expect(map).toHaveAttribute('data-map-state', 'painted')
    await expect(map).toHaveAttribute('data-painted-projects', /^[1-9]/)
    const wanted = await tokens(page, screen.theme, lights)
    await expect(async () => {
      const picture = await readPicture(map, wanted)
      expect(picture.colours).toBeGreaterThan(40)
      const shown = lights.filter((light) => (picture.pixels[light] ?? 0) > 20)
      expect(shown, JSON.stringify(picture.pixels)).not.toEqual([])
      if (name !== 'field') expect(shown).toEqual(lights)
    }).toPass()
    expect(await strayWords(page)).toEqual({ latin: [], keys: [] })
    await expectAccessible(page)
    expect(seen).toEqual({ errors: [], foreign: [] })
  })

  test(`${name}: in English no word is missing`, async ({ page }) => {
    await page.setViewportSize(screen.size)
    await page.goto(`${screen.path}?lang=en`)
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await expect(page.getByText('Demo clock')).toBeVisible()
    await screen.read(page)
    expect((await strayWords(page)).keys).toEqual([])
  })
}
