import { expect, type Page, test } from '@playwright/test'
import sharp from 'sharp'
import { expectAccessible } from '../support/page-watch.ts'

const panel = (page: Page) => page.getByRole('complementary', { name: '项目详情' })
const button = (page: Page, name: string) => panel(page).getByRole('button', { name, exact: true })

test('a report by fund source with a photo and a problem is filed, returned from the queue, and put right', async ({
  page,
}) => {
  const data = {
    code: 'E2E-SOURCE',
    name: '按来源填报厂房',
    unitId: 2,
    category: 'industry',
    totalWan: 5000,
    reason: '端到端测试',
  }
  const made = await page.request.post('/api/project', { data })
  const { id } = (await made.json()) as { id: number }
  await page.goto(`/desk?project=${id}`)
  await button(page, '填报本月').click()
  await panel(page).getByText('按资金来源').click()
  await panel(page).getByLabel('专项债券').fill('600.5')
  await panel(page).getByLabel('企业自筹').fill('99.5')
  await expect(panel(page).getByText('各来源合计')).toContainText('700.00')
  await panel(page).getByLabel('存在问题').fill('临时用电容量不足')
  await panel(page).getByText('把问题转为问题单').click()
  const photo = await sharp({
    create: { width: 640, height: 480, channels: 3, background: '#7a8f6a' },
  })
    .jpeg()
    .toBuffer()
  const files = panel(page).locator('form input[type=file]')
  await files.setInputFiles({ name: '现场.jpg', mimeType: 'image/jpeg', buffer: photo })
  await expect(panel(page).locator('form').getByText('已收到 · 回执')).toBeVisible()
  await files.setInputFiles({
    name: '合同.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('<script>alert(1)</script>'),
  })
  await expect(panel(page).getByText('“合同.pdf”的内容认不出')).toBeVisible()
  await button(page, '不传了').click()
  await expect(panel(page).getByText('已自动保存')).toBeVisible()
  await expectAccessible(page)

  // Another browser, or the same one without its memory, goes on with what the server kept.
  await page.evaluate(() => localStorage.clear())
  await page.reload()
  await button(page, '填报本月').click()
  await expect(panel(page).getByLabel('专项债券')).toHaveValue('600.5')
  await button(page, '提交').click()
  const entry = panel(page).locator('.report').first()
  await expect(entry).toContainText('专项债券 600.50；企业自筹 99.50')
  await expect(entry.getByRole('img', { name: '现场.jpg' })).toBeVisible()

  await page.getByRole('button', { name: '待核实' }).click()
  const dialog = page.getByRole('dialog', { name: '待核实的填报' })
  await dialog.getByLabel('月份').selectOption('2023-05')
  await dialog.getByRole('button', { name: /按来源填报厂房/ }).click()
  await page.keyboard.press('r')
  await dialog.getByLabel('退回原因').fill('自筹与台账不符')
  await dialog.getByRole('button', { name: '退回', exact: true }).last().click()
  await expect(dialog.getByRole('button', { name: /按来源填报厂房/ })).toHaveCount(0)
  await page.keyboard.press('Escape')

  await button(page, '更正 2023-05 的填报').click()
  await expect(panel(page).getByText('这份填报被退回，原因：自筹与台账不符')).toBeVisible()
  await panel(page).getByLabel('企业自筹').fill('90')
  await button(page, '提交更正').click()
  await expect(entry).toContainText('企业自筹 90.00')
  await expect(entry).toContainText('已提交')
})
