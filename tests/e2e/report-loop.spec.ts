import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from '../support/page-watch.ts'

const panel = (page: Page) => page.getByRole('complementary', { name: '项目详情' })
const button = (page: Page, name: string) => panel(page).getByRole('button', { name, exact: true })

test('a report is returned with a reason, filed again, verified, and then stands', async ({
  page,
}) => {
  const data = {
    code: 'E2E-LOOP',
    name: '闭环填报厂房',
    unitId: 2,
    category: 'industry',
    reason: '端到端测试',
  }
  const made = await page.request.post('/api/project', { data })
  expect(made.status()).toBe(201)
  const { id } = (await made.json()) as { id: number }
  const key = '6f9e2a2e-9c41-4b0e-8a3f-0d5a1c7e4b11'
  const report = { key, projectId: id, month: '2023-04-01', actualWan: 50, progressText: '基坑' }
  expect((await page.request.post('/api/report', { data: report })).status()).toBe(201)

  await page.goto(`/desk?project=${id}`)
  const entry = panel(page).locator('.report').first()
  await expect(entry).toContainText('已提交')
  await expect(entry).toContainText('逾期，应于 2023-05-05 前报')
  await button(page, '退回 2023-04 的填报').click()
  await button(page, '退回').click()
  await expect(panel(page).getByLabel('退回原因')).toHaveAttribute('aria-invalid', 'true')
  await panel(page).getByLabel('退回原因').fill('金额与台账不符')
  await button(page, '退回').click()
  await expect(entry).toContainText('退回：金额与台账不符')
  await expect(entry).toContainText('已退回')

  await button(page, '更正 2023-04 的填报').click()
  await expect(panel(page).getByLabel('形象进度')).toHaveValue('基坑')
  await panel(page).getByLabel('当月完成投资').fill('48.5')
  await button(page, '提交更正').click()
  await expect(entry).toContainText('48.5')
  await expect(entry).toContainText('已提交')
  await button(page, '核实 2023-04 的填报').click()
  await expect(entry).toContainText('已核实')
  await expect(button(page, '更正 2023-04 的填报')).toHaveCount(0)
  await expectAccessible(page)
})

test('the month’s table shows what the server adds up, and is to be had as a workbook', async ({
  page,
}) => {
  await page.goto('/desk')
  await page.getByRole('button', { name: '月报表' }).click()
  const dialog = page.getByRole('dialog', { name: '月度投资完成情况' })
  const total = dialog.getByRole('row', { name: /^合计/ })
  const answer = await page.request.get('/api/report/table?month=2023-03-01')
  const { total: march } = (await answer.json()) as { total: { doneWan: number; projects: number } }
  await dialog.getByLabel('月份').selectOption('2023-03')
  await expect(total).toContainText(march.projects.toLocaleString('en'))
  await expect(total).toContainText(march.doneWan.toLocaleString('en'))
  await expectAccessible(page)
  const download = page.waitForEvent('download')
  await dialog.getByRole('link', { name: '下载 Excel' }).click()
  expect((await download).suggestedFilename()).toBe('株洲市2023-03投资完成情况.xlsx')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
})
