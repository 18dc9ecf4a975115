import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** What a page must never do, collected from its first request on. */
export interface Watch {
  errors: string[]
  foreign: string[]
}

/** Collects errors on the console, uncaught ones, and requests to other origins. */
export function watch(page: Page, origin: string): Watch {
  const found: Watch = { errors: [], foreign: [] }
  page.on('console', (message) => {
    if (message.type() === 'error') found.errors.push(message.text())
  })
  page.on('pageerror', (error) => found.errors.push(error.message))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol) && url.origin !== origin) {
      found.foreign.push(request.url())
    }
  })
  return found
}

/** No fault that axe finds: roles, names, contrast. Colours that are still fading are not judged. */
export async function expectAccessible(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(moving), { message: 'animations that end' }).toBe(0)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target}`)).toEqual([])
}

/** Runs in the page: animations and transitions under way that come to an end. */
function moving(): number {
  return document
    .getAnimations()
    .filter(
      ({ playState, effect }) =>
        playState === 'running' && effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY,
    ).length
}

/** Units of measure, file formats and keys that Chinese text writes in Latin letters too. */
const usual = new Set(['km', 'm', 'CSV', 'XLSX', 'GeoJSON', 'Ctrl', 'K', 'v', 'English'])

/**
 * Latin words of a Chinese page that are neither usual nor part of the data itself, and keys of
 * words that were not found. `given`: texts of the data, where not those of the projects.
 */
export async function strayWords(
  page: Page,
  given?: readonly string[],
): Promise<{ latin: string[]; keys: string[] }> {
  const text = (await page.locator('#root').textContent()) ?? ''
  const known = given ?? (await givenTexts(page))
  const own = known.reduce((left, name) => left.replaceAll(name, ' '), text)
  const latin = own.match(/[A-Za-z]+/g) ?? []
  const keys =
    text.match(
      /\b(shell|project|map|wall|field|desk|panel|import|session|account|device):[a-z]\w*/g,
    ) ?? []
  return { latin: [...new Set(latin)].filter((word) => !usual.has(word)), keys }
}

/** Names, codes and enterprises as the data gives them, longest first. */
async function givenTexts(page: Page): Promise<string[]> {
  const answer = await page.request.get('/api/map')
  const { columns } = (await answer.json()) as {
    columns: { name: string[]; code: string[]; enterprise: string[] }
  }
  const texts = [...columns.name, ...columns.code, ...columns.enterprise]
  return [...new Set(texts)]
    .filter((text) => /[A-Za-z]/.test(text))
    .sort((a, b) => b.length - a.length)
}
