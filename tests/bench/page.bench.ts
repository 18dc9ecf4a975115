/**
 * The pages in Chromium with software rendering, from the navigation on, with nothing cached: until
 * the list can be used, and until the projects are painted on the map. The demo city with its 549
 * listed projects, then 100,000.
 */
import { existsSync } from 'node:fs'
import { type Browser, chromium } from '@playwright/test'
import { createDevice } from 'api/device/write'
import { deviceCookie } from 'api/session/cookies'
import { seedProjects } from '../support/seeded-projects.ts'
import { startServer } from '../support/server-process.ts'
import { type BenchDatabase, openBenchDatabase } from './bench-database.ts'
import { figure } from './measure.ts'

const executablePath = process.env['ONEMAP_TEST_CHROMIUM'] ?? '/usr/bin/chromium'
const runs = 5
const patience = 120_000
/** When the page's list has its first row; null where the page has no list. */
const pages = [
  { path: '/desk', width: 1440, height: 900, list: '[role=row][aria-rowindex="2"]', map: true },
  { path: '/wall', width: 1920, height: 1080, list: null, map: true },
  { path: '/field', width: 390, height: 844, list: '.field-row', map: false },
]

if (existsSync(executablePath)) {
  await measureCity('the demo city', { ONEMAP_PACK: 'zhuzhou' }, async () => {})
  await measureCity('100,000 projects', { ONEMAP_PACK: 'none' }, async ({ db }) => {
    await seedProjects(db, 100_000)
    await db.sql.unsafe('vacuum analyze')
  })
} else console.log(`not measured: needs Chromium at ${executablePath}`)

async function measureCity(
  name: string,
  settings: Record<string, string>,
  fill: (bench: BenchDatabase) => Promise<void>,
): Promise<void> {
  const bench = await openBenchDatabase('page')
  if (!bench) return
  try {
    await fill(bench)
    const server = startServer({ LOG_LEVEL: 'warn', ...settings, DATABASE_URL: bench.url })
    try {
      console.log(`\n${name}`)
      const url = await server.ready
      await admitScreen(bench)
      await measurePages(url)
    } finally {
      await server.stop()
    }
  } finally {
    await bench.drop()
  }
}

/** The pages are opened as a wall, which may look at the whole city. */
const token = 'bench-screen-token'

async function admitScreen({ db }: BenchDatabase): Promise<void> {
  const author = { actor: 'bench', reason: 'page.bench' }
  await db.transact(author, (tx) => createDevice(tx, 'bench', token, '2023-01-01'))
}

async function measurePages(url: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  })
  try {
    for (const page of pages) {
      const opened: Opened[] = []
      for (let run = 0; run <= runs; run++) opened.push(await open(browser, url, page))
      // The first one warms the server: its answers are made once for all.
      const warm = opened.slice(1)
      const column = (key: keyof Opened) => warm.flatMap((times) => times[key] ?? [])
      if (page.list) figure(`${page.path} list`, column('list'))
      if (page.map) figure(`${page.path} projects painted`, column('painted'))
    }
  } finally {
    await browser.close()
  }
}

interface Opened {
  list: number | null
  painted: number | null
}

/** Opens a page in a profile of its own; milliseconds since its navigation began. */
async function open(browser: Browser, url: string, one: (typeof pages)[number]): Promise<Opened> {
  const { path, width, height, list, map } = one
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'zh-CN',
    serviceWorkers: 'block',
  })
  try {
    await context.addCookies([{ name: deviceCookie, value: token, url }])
    const page = await context.newPage()
    if (list) await page.addInitScript(markFirst(list))
    await page.goto(`${url}${path}`)
    const marked = async (name: string) => {
      const found = await page.waitForFunction(
        (mark) => performance.getEntriesByName(mark)[0]?.startTime,
        name,
        { timeout: patience, polling: 100 },
      )
      return Number(await found.jsonValue())
    }
    return {
      list: list ? await marked('bench:list') : null,
      painted: map ? await marked('onemap:projects-painted') : null,
    }
  } finally {
    await context.close()
  }
}

/** Marks the frame in which the first element of a selector is there; text, since it runs in the page. */
function markFirst(selector: string): string {
  return `
  requestAnimationFrame(function look() {
    if (document.querySelector(${JSON.stringify(selector)})) performance.mark('bench:list')
    else requestAnimationFrame(look)
  })`
}
