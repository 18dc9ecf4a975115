/**
 * The pages in a real browser against the built server. One server with a database of its own for
 * the whole run (support/serve.ts); ONEMAP_TEST_DATABASE_URL puts it on a PostgreSQL server.
 */
import { defineConfig } from '@playwright/test'
import { baseUrl, usualState } from './support/serve.ts'

const chromium = process.env['ONEMAP_TEST_CHROMIUM'] ?? '/usr/bin/chromium'
const url = baseUrl()
const state = usualState()

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  globalSetup: './support/serve.ts',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  // How long a failure may take, not how long a test should: the first painting of a map takes a busy
  // machine without a graphics card tens of seconds.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  use: {
    ...(url === undefined ? {} : { baseURL: url }),
    // Of the dispatch office; a test of somebody else begins with none of its own.
    ...(state === undefined ? {} : { storageState: state }),
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
        '--disable-background-networking',
        '--disable-component-update',
        '--font-render-hinting=none',
      ],
    },
  },
})
