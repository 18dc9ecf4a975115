import type { Page } from '@playwright/test'

/** A screen as somebody sees it, with all that it can unfold. */
export interface Screen {
  name: string
  path: string
  login?: string
  size?: [width: number, height: number]
  /** Waits until it is whole, and opens what is closed. */
  ready: (page: Page) => Promise<unknown>
}

const pane = (page: Page) => page.locator('aside.desk-right')
const figures = (page: Page, root = '') => page.locator(`${root} [data-figure]`.trim())
const entries = (page: Page, selector: string) => pane(page).locator(selector).first().waitFor()
/** Every fold is opened: what it hides is shown to somebody. */
const unfold = (page: Page) =>
  page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true
  })
const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name }).first().click()

/** Every screen, pane and dialog that shows numbers. */
export const screens: Screen[] = [
  {
    name: 'desk with the day’s decisions and every menu of the filter',
    path: '/desk',
    ready: async (page) => {
      await entries(page, '.agenda-item')
      await page.locator('.project-list-item').first().waitFor()
      await page.locator('.map-legend').waitFor()
      await unfold(page)
    },
  },
  ...['县市区', '亮灯'].map((menu) => ({
    name: `filter ${menu}`,
    path: '/desk',
    ready: async (page: Page) => {
      await page.locator('.filter-bar').getByRole('button', { name: menu }).click()
      await page.locator('.filter-option').first().waitFor()
    },
  })),
  { name: 'inbox', path: '/desk?open=inbox', ready: (page) => entries(page, '.entry') },
  { name: 'issues', path: '/desk?open=issue', ready: (page) => entries(page, '.issue-line') },
  {
    name: 'one issue',
    path: '/desk?open=issue',
    ready: async (page) => {
      await pane(page).locator('.issue-line').first().click()
      await entries(page, '.issue-past')
    },
  },
  { name: 'orders', path: '/desk?open=dispatch', ready: (page) => entries(page, '.entry') },
  {
    name: 'one order',
    path: '/desk?open=dispatch',
    ready: async (page) => {
      await pane(page).locator('.entry').first().click()
      await entries(page, '.task')
    },
  },
  {
    name: 'approvals',
    path: '/desk?open=approval',
    ready: (page) => entries(page, '[data-figure]'),
  },
  { name: 'ladder', path: '/desk?open=body&body=1', ready: (page) => entries(page, '.rung') },
  {
    name: 'an order about a filter',
    path: '/desk?light=red&open=send',
    ready: (page) => entries(page, '[data-figure]'),
  },
  {
    name: 'a project with all that it says',
    path: '/desk?light=red',
    ready: async (page) => {
      await page.locator('.project-list-item').first().click()
      await entries(page, '.holder-totals')
      await entries(page, '.money-sentence')
      await unfold(page)
      await entries(page, '.ledger-list, .panel-none')
    },
  },
  {
    name: 'the monthly table',
    path: '/desk',
    ready: async (page) => {
      await press(page, '月报表')
      await page.locator('.report-table').waitFor()
    },
  },
  {
    name: 'reports to verify',
    path: '/desk',
    ready: async (page) => {
      await press(page, '待核实')
      await page.locator('dialog[open] select').selectOption('2023-05')
      await page.locator('.report-queue-row').first().waitFor()
    },
  },
  {
    name: 'a past day',
    path: '/desk?asOf=2023-03-31',
    ready: (page) => figures(page, '.headline').first().waitFor(),
  },
  {
    name: 'two days compared',
    path: '/desk?asOf=2023-04-30&compare=2023-03-31',
    ready: (page) => entries(page, '.comparison-group .entry'),
  },
  {
    name: 'hotspots',
    path: '/desk?open=hotspot',
    ready: (page) => entries(page, '[data-figure="hotspot.late"]'),
  },
  {
    name: 'reported better than proved',
    path: '/desk?open=evidence',
    ready: (page) => entries(page, '[data-figure="light.doubtful"]'),
  },
  {
    name: 'wall',
    path: '/wall',
    size: [1920, 1080],
    ready: (page) => page.locator('.wall-season').waitFor(),
  },
  {
    name: 'wall of 32:9',
    path: '/wall',
    size: [3840, 1080],
    ready: (page) => page.locator('.wall-dense h2').waitFor(),
  },
  {
    name: 'hotspots on the wall',
    path: '/wall?scene=hotspot',
    size: [1920, 1080],
    ready: (page) => page.locator('.wall-hot li').first().waitFor(),
  },
  {
    name: 'field',
    path: '/field',
    size: [390, 844],
    ready: (page) => page.locator('.field-row').first().waitFor(),
  },
  {
    name: 'a card in the field',
    path: '/field',
    size: [390, 844],
    ready: async (page) => {
      await page.locator('.field-row').first().click()
      await page.locator('.field-milestones').waitFor()
    },
  },
  {
    name: 'accounts',
    path: '/desk/account',
    login: 'guanli',
    ready: (page) => page.locator('.account-row').first().waitFor(),
  },
  {
    name: 'walls',
    path: '/desk/device',
    login: 'guanli',
    ready: (page) => page.getByRole('heading').first().waitFor(),
  },
  {
    name: 'record',
    path: '/desk/audit',
    login: 'shenji',
    ready: (page) => page.locator('.audit-strip-sum').waitFor(),
  },
]
