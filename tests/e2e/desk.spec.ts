import { expect, type Locator, type Page, test } from '@playwright/test'
import { loseNextAnswer } from '../support/lost-answer.ts'
import { ownProject } from '../support/own-project.ts'
import { expectAccessible } from '../support/page-watch.ts'

const listCount = (page: Page) => page.locator('.list-tools [role=status]')
const rows = (page: Page) => page.locator('[data-project]')
const panel = (page: Page) => page.getByRole('complementary', { name: '项目详情' })

async function open(page: Page, search = ''): Promise<void> {
  await page.goto(`/desk${search}`)
  await expect(rows(page).first()).toBeVisible()
}

/** The number that an element shows, once it shows one. */
async function number(locator: Locator): Promise<number> {
  await expect(locator).toHaveText(/\d/)
  return Number((await locator.textContent())?.replaceAll(/[^\d.]/g, ''))
}

/** Projects by the server's own filter, an independent reader of what the page counts itself. */
async function projectsBy(page: Page, query: string): Promise<{ total: number; rows: Project[] }> {
  const answer = await page.request.get(`/api/project?limit=1000&${query}`)
  return (await answer.json()) as { total: number; rows: Project[] }
}
interface Project {
  id: number
  name: string
  unitId: number
  parkId: number | null
  annualWan: number | null
  reportedMonth: string | null
  light: { state: string }
}

test('figures, list and map agree with the server under one filter, which the URL holds', async ({
  page,
}) => {
  await open(page)
  await page.getByRole('button', { name: '县市区' }).click()
  const county = page.getByRole('checkbox', { name: '攸县' })
  await county.click()
  await expect(county).toBeChecked()
  await expect(page).toHaveURL(/unit=\d+/)
  await page.keyboard.press('Escape')
  const unit = new URL(page.url()).searchParams.get('unit')
  const answer = await projectsBy(page, `unit=${unit}`)
  const text = `${answer.total} 个项目`
  await expect(listCount(page)).toHaveText(text)
  await expect(page.getByText(`筛出 ${text}`)).toBeVisible()
  for (const light of ['red', 'amber', 'green', 'stale', 'finished', 'none']) {
    const expected = answer.rows.filter((row) => row.light.state === light).length
    await expect
      .poll(
        () => number(page.locator(`[data-light=${light}] [data-figure]:not(.light-other)`)),
        light,
      )
      .toBe(expected)
  }
  const placed = page.locator('[data-map-state=painted]')
  await expect(placed).toHaveAttribute('data-painted-projects', String(answer.total))
  await page.reload()
  await expect(listCount(page)).toHaveText(text)
  await page.getByRole('button', { name: '清除筛选' }).click()
  await expect(page).not.toHaveURL(/unit=/)
})

test('search by pinyin initials from the keyboard, open, and go back', async ({ page }) => {
  await open(page)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('hgzn')
  await expect(page).toHaveURL(/q=hgzn/)
  await expect(rows(page).first()).toContainText('宏工智能')
  await page.keyboard.press('Enter')
  await expect(panel(page).getByRole('heading', { level: 2 })).toContainText('宏工智能')
  await page.goBack()
  await expect(panel(page)).toBeHidden()
  await expect(page).toHaveURL(/q=hgzn/)
})

test('the list is walked by arrow keys, opened by Enter, left by Escape', async ({ page }) => {
  await open(page)
  const grid = page.getByRole('grid', { name: '项目清单' })
  await grid.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const active = grid.locator('[aria-rowindex="4"]')
  const id = await active.getAttribute('id')
  await expect(grid).toHaveAttribute('aria-activedescendant', id ?? '-')
  const name = await active.locator('.project-list-title').textContent()
  await page.keyboard.press('Enter')
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText(name ?? '')
  await expect(active).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('End')
  const count = await number(listCount(page))
  await expect(page.locator(`[aria-rowindex="${count + 1}"]`)).toBeVisible()
  await panel(page).getByRole('button', { name: '关闭' }).focus()
  await page.keyboard.press('Escape')
  await expect(panel(page)).toBeHidden()
})

test('each column sorts both ways, unknown values last', async ({ page }) => {
  await open(page)
  await page.getByRole('columnheader', { name: '年度计划' }).getByRole('button').click()
  await expect(page).toHaveURL(/sort=annual.desc/)
  const plans = page.locator('[data-project] .project-list-annual')
  const shown = async () => {
    const texts = (await plans.allTextContents()).slice(0, 8)
    expect(texts).toHaveLength(8)
    return texts.map((text) => Number(text.replaceAll(',', '')))
  }
  const { rows: all } = await projectsBy(page, '')
  const known = all.flatMap(({ annualWan }) => annualWan ?? []).sort((a, b) => a - b)
  await expect.poll(shown).toEqual(known.slice(-8).reverse())
  await page.getByRole('columnheader', { name: '年度计划' }).getByRole('button').click()
  await expect(page).toHaveURL(/sort=annual$/)
  await expect.poll(shown).toEqual(known.slice(0, 8))
})

test('city, unit, park, project: each step of the way leads back', async ({ page }) => {
  await open(page)
  const { rows: all } = await projectsBy(page, '')
  const inPark = all.find((row) => row.parkId !== null)
  await open(page, `?project=${inPark?.id}`)
  const way = page.getByRole('navigation', { name: '当前位置' })
  await expect(way.getByRole('listitem')).toHaveCount(4)
  await way.getByRole('button').nth(2).click()
  await expect(page).toHaveURL(new RegExp(`unit=${inPark?.unitId}&park=${inPark?.parkId}$`))
  const park = await projectsBy(page, `park=${inPark?.parkId}`)
  await expect(listCount(page)).toHaveText(`${park.total} 个项目`)
  await page.goBack()
  await expect(way.getByRole('listitem')).toHaveCount(4)
  await way.getByRole('button').first().click()
  await expect(page).toHaveURL(/\/desk$/)
})

test('a filter that nothing passes says so and offers to clear', async ({ page }) => {
  await page.goto('/desk?q=没有这样的项目')
  await expect(page.getByText('没有符合条件的项目')).toBeVisible()
  await page.getByLabel('项目清单').getByRole('button', { name: '清除筛选' }).last().click()
  await expect(rows(page).first()).toBeVisible()
})

test('a past day is shown as it was known, and cannot be changed', async ({ page }) => {
  await open(page)
  const now = await number(page.locator('[data-figure="project.done"]'))
  await open(page, '?asOf=2023-03-31')
  await expect(page.getByText('正在查看 2023-03-31 当日所知的数据')).toBeVisible()
  await expect.poll(() => number(page.locator('[data-figure="project.done"]'))).toBeLessThan(now)
  await rows(page).first().click()
  await expect(panel(page).getByRole('button', { name: '填报本月' })).toBeDisabled()
  await expect(panel(page).getByRole('button', { name: '修改资料' })).toBeDisabled()
  await page.getByRole('button', { name: '回到当前' }).click()
  await expect(page.getByRole('button', { name: '修改资料' })).toBeEnabled()
})

test('a report whose answer got lost is sent again as the same report', async ({ page }) => {
  const { rows: all } = await projectsBy(page, 'light=stale')
  const silent = all.find((row) => row.reportedMonth !== null)
  await open(page, `?project=${silent?.id}`)
  await panel(page).getByRole('button', { name: '填报本月' }).click()
  await panel(page).getByLabel('月份').selectOption('2023-05')
  await panel(page).getByLabel('当月完成投资').fill('123.45')
  await panel(page).getByLabel('形象进度').fill('主体封顶')
  await panel(page).getByLabel('存在问题').fill('电力迁改未完成')
  await loseNextAnswer(page)
  await panel(page).getByRole('button', { name: '提交' }).click()
  await expect(panel(page).getByRole('alert')).toContainText('连不上服务器')
  await panel(page).getByRole('button', { name: '提交' }).click()
  await expect(panel(page).getByText('已收到')).toBeVisible()
  await expect(panel(page).locator('.report').first()).toContainText('电力迁改未完成')
  const answer = await page.request.get(`/api/report?project=${silent?.id}&month=2023-05-01`)
  const reports = (await answer.json()) as { rows: { actualWan: number }[] }
  expect(reports.rows.map((report) => report.actualWan)).toEqual([123.45])
})

test('a forecast later than planned is refused without a cause beside the field; its change stays in the history', async ({
  page,
}) => {
  const { rows: all } = await projectsBy(page, 'light=red')
  await open(page, `?project=${all[0]?.id}`)
  await panel(page).getByRole('button', { name: '修改节点：竣工' }).click()
  await panel(page).getByLabel('预计日期').fill('2026-12-31')
  await panel(page).getByLabel('修改原因').fill('第 5 次调度会议定')
  const cause = panel(page).getByRole('textbox', { name: '原因', exact: true })
  await cause.fill('')
  await panel(page).getByRole('button', { name: '保存' }).click()
  await expect(cause).toHaveAttribute('aria-invalid', 'true')
  await cause.fill('征地拆迁')
  await panel(page).getByRole('button', { name: '保存' }).click()
  await expect(panel(page).locator('.step-date', { hasText: '2026-12-31' })).toBeVisible()
  await panel(page).getByText('查看谁在何时改了什么').click()
  const write = panel(page).locator('.history-write').first()
  await expect(write).toContainText('第 5 次调度会议定')
  await expect(write).toContainText('2026-12-31')
})

test('a changed fact shows in the panel and in the list without a reload', async ({ page }) => {
  const { code, name } = await ownProject(page.request)
  await open(page, `?q=${code}`)
  await expect(rows(page).first()).toContainText(name)
  await rows(page).first().click()
  await panel(page).getByRole('button', { name: '修改资料' }).click()
  await panel(page).getByLabel('名称').fill(`${name}（二期）`)
  await panel(page).getByLabel('联系电话').fill('0731-2868 0000')
  await panel(page).getByLabel('修改原因').fill('更名')
  await panel(page).getByRole('button', { name: '保存' }).click()
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText(`${name}（二期）`)
  await expect(rows(page).first()).toContainText(`${name}（二期）`)
  await expect(panel(page).getByRole('link', { name: '0731-2868 0000' })).toHaveAttribute(
    'href',
    'tel:073128680000',
  )
})

test('a file is tried first, its faults named by row and column, then written', async ({
  page,
}) => {
  await open(page)
  const header = '项目名称,填报单位,类别,总投资(亿元)\n'
  const choose = (body: string) =>
    page.getByLabel('文件', { exact: true }).setInputFiles({
      name: '清单.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(header + body),
    })
  await page.getByRole('button', { name: '导入数据' }).click()
  await choose('导入甲项目,天元区,产业发展,3.5\n导入乙项目,荷塘区,产业发展,约3亿\n')
  await page.getByRole('button', { name: '先试运行' }).click()
  const table = page.getByRole('region', { name: '需要核对的行' })
  await expect(table.getByRole('row').nth(1)).toContainText('总投资(亿元)')
  await expect(table.getByRole('row').nth(1)).toContainText('约3亿')
  await expect(page.getByText('没有写入任何一行')).toBeVisible()
  await choose('导入甲项目,天元区,产业发展,3.5\n导入乙项目,荷塘区,产业发展,3\n')
  await page.getByRole('button', { name: '先试运行' }).click()
  await page.getByRole('button', { name: '写入 2 行' }).click()
  await expect(page.getByText('已写入 2 行')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('导入')
  await expect(listCount(page)).toHaveText('2 个项目')
  await expect(rows(page).first()).toContainText('填报')
})

test('desk and panel are accessible by day, by night and in English', async ({ page }) => {
  await open(page)
  await rows(page).first().click()
  await expect(panel(page).getByRole('img', { name: '累计投资曲线' }).first()).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: '夜间配色' }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('complementary', { name: 'Project' })).toBeVisible()
  await expectAccessible(page)
})

test('a hundred thousand projects are filtered, sorted and scrolled in the page', async ({
  page,
}) => {
  await page.route('**/api/map*', async (route) => {
    if (route.request().url().includes('since=')) return route.continue()
    const answer = await route.fetch()
    const snapshot = (await answer.json()) as { columns: Record<string, unknown[]> }
    const own = snapshot.columns['id']?.length ?? 0
    const index = Array.from({ length: 100_000 }, (_, row) => row)
    for (const [name, values] of Object.entries(snapshot.columns)) {
      snapshot.columns[name] =
        name === 'id' ? index.map((row) => row + 1) : index.map((row) => values[row % own])
    }
    await route.fulfill({ json: snapshot })
  })
  await open(page)
  await expect(listCount(page)).toHaveText('100,000 个项目')
  expect(await rows(page).count()).toBeLessThan(60)
  await page.getByRole('grid', { name: '项目清单' }).focus()
  await page.keyboard.press('End')
  await expect(page.locator('[aria-rowindex="100001"]')).toBeVisible()
  const typed = await page.evaluate(() => performance.now())
  await page.keyboard.press('Control+k')
  await page.keyboard.type('hgzn')
  await expect(rows(page).first()).toContainText('宏工智能')
  const shown = await page.evaluate(() => performance.now())
  console.log(`100,000 projects: four letters typed and shown in ${Math.round(shown - typed)} ms`)
})
