import { type Browser, expect, type Page, test } from '@playwright/test'
import { ownProject } from '../support/own-project.ts'
import { expectAccessible, strayWords } from '../support/page-watch.ts'
import { passwordOf } from '../support/serve.ts'

const nobody = { storageState: { cookies: [], origins: [] } }
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function signIn(page: Page, login: string, password = passwordOf(login)): Promise<void> {
  await field(page, '登录名').fill(login)
  await field(page, '密码').fill(password)
  await button(page, '登录').click()
}

/** As the server counts them for whoever is signed in. */
async function countProjects(page: Page): Promise<number> {
  const answer = await page.request.get('/api/project?limit=1')
  return ((await answer.json()) as { total: number }).total
}

/** A page of somebody's own: nothing of the run's usual session is in it. */
async function openFor(browser: Browser, login: string, path: string): Promise<Page> {
  const page = await (await browser.newContext(nobody)).newPage()
  await page.goto(path)
  await signIn(page, login)
  await expect(page.locator('.person-menu')).toBeVisible()
  return page
}

test.describe('nobody is signed in', () => {
  test.use(nobody)

  for (const path of ['/desk?q=园&sort=name', '/field?project=3']) {
    test(`${path} is asked for by a stranger, refused, and returned to after signing in`, async ({
      page,
    }) => {
      await page.setViewportSize({ width: 390, height: 844 })
      await page.goto(path)
      await expect(page.getByRole('heading', { name: '登录' })).toBeVisible()
      await expect(field(page, '登录名')).toBeFocused()
      await expect(field(page, '登录名')).toHaveAttribute('autocomplete', 'username')
      await expect(field(page, '密码')).toHaveAttribute('autocomplete', 'current-password')
      expect(await strayWords(page, [])).toEqual({ latin: [], keys: [] })
      await expectAccessible(page)

      await button(page, '登录').click()
      await expect(field(page, '登录名')).toHaveAttribute('aria-invalid', 'true')
      await signIn(page, 'diaodu', 'not-the-password')
      await expect(page.getByRole('alert')).toHaveText('登录名或密码不对')
      await field(page, '密码').fill(passwordOf('diaodu'))
      await page.keyboard.press('Enter')
      await expect(page.locator('.person-menu')).toBeVisible()
      expect(decodeURIComponent(page.url())).toContain(path)
    })
  }

  test('whoever signs out leaves nothing for the next, whose page shows the own scope alone', async ({
    page,
  }) => {
    await page.goto('/desk')
    await signIn(page, 'diaodu')
    await expect(page.locator('[data-project]').first()).toBeVisible()
    const all = await countProjects(page)
    await expect(page.locator('.list-tools')).toContainText(`${all} 个项目`)
    await button(page, '王立新').click()
    await expect(page.locator('.person-panel')).toContainText('调度办 · 全市')
    await expectAccessible(page)
    await button(page, '退出登录').click()
    await expect(page.getByRole('heading', { name: '登录' })).toBeVisible()
    expect((await page.request.get('/api/map')).status()).toBe(401)

    await signIn(page, 'tianxin')
    await expect(page.locator('[data-project]').first()).toBeVisible()
    const own = await countProjects(page)
    expect(own).toBeLessThan(all / 4)
    await expect(page.locator('.list-tools')).toContainText(`${own} 个项目`)
    await expect(button(page, '导入数据')).toHaveCount(0)
    await page.locator('[data-project]').first().click()
    await expect(button(page, '填报本月')).toBeVisible()
    await expect(page.getByRole('button', { name: /^核实/ })).toHaveCount(0)
  })
})

test('a form that is half written outlives the end of the session', async ({ browser }) => {
  const page = await openFor(browser, 'diaodu', '/desk')
  const { id } = await ownProject(page.request)
  await page.goto(`/desk?project=${id}`)
  await button(page, '修改资料').click()
  await field(page, '备注').fill('写到一半')
  await field(page, '修改原因').fill('试')
  expect((await page.request.delete('/api/session')).ok()).toBe(true)
  await button(page, '保存').click()
  await expect(page.getByText('登录已失效')).toBeVisible()
  await expect(field(page, '登录名')).toHaveValue('diaodu')
  await expect(field(page, '密码')).toBeFocused()
  await expectAccessible(page)
  // What lies behind is out of sight and reach, also for whoever presses Escape.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(page.locator('.desk')).toBeHidden()
  await field(page, '密码').fill(passwordOf('diaodu'))
  await page.keyboard.press('Enter')
  await expect(field(page, '备注')).toHaveValue('写到一半')
  await button(page, '保存').click()
  await expect(field(page, '备注')).toHaveCount(0)
  const stored = await (await page.request.get(`/api/project/${id}`)).json()
  expect(stored).toMatchObject({ note: '写到一半' })
  await page.context().close()
})

test('nobody at the page for half an hour: signed out, and told why', async ({ browser }) => {
  const page = await (await browser.newContext(nobody)).newPage()
  await page.clock.install()
  await page.goto('/desk')
  await signIn(page, 'diaodu')
  await expect(page.locator('[data-project]').first()).toBeVisible()
  await page.clock.fastForward('31:00')
  await expect(page.getByText('您已 30 分钟没有操作')).toBeVisible()
  expect((await page.request.get('/api/map')).status()).toBe(401)
  await page.context().close()
})

test('an administrator makes an account, the invited sets a password, security gives a role', async ({
  browser,
}) => {
  const admin = await openFor(browser, 'guanli', '/desk')
  await expect(admin).toHaveURL(/\/desk\/account$/)
  await button(admin, '新建账号').click()
  await field(admin, '登录名').fill('xinren')
  await field(admin, '姓名').fill('郑新人')
  await button(admin, '建立账号').click()
  await button(admin, '生成邀请链接').click()
  const link = (await admin.locator('.account-once code').textContent()) ?? ''
  await expectAccessible(admin)

  const invited = await (await browser.newContext(nobody)).newPage()
  await invited.goto(link)
  await expect(invited.getByText('郑新人，您好')).toBeVisible()
  await field(invited, '新密码').fill('短')
  await field(invited, '再填一次新密码').fill('短')
  await button(invited, '保存密码').click()
  await expect(field(invited, '新密码')).toHaveAttribute('aria-invalid', 'true')
  await expectAccessible(invited)
  const password = '门前有一条大河 八月涨水'
  await field(invited, '新密码').fill(password)
  await field(invited, '再填一次新密码').fill(password)
  await button(invited, '保存密码').click()
  await invited.getByRole('link', { name: '去登录' }).click()
  await signIn(invited, 'xinren', password)
  await expect(invited.getByText('您目前没有可以查看的内容')).toBeVisible()

  const security = await openFor(browser, 'anquan', '/desk/account?q=xinren')
  await security.locator('[data-account=xinren]').click()
  await button(security, '调整').click()
  await button(security, '增加一个角色').click()
  await field(security, '角色').selectOption({ label: '调度办' })
  await field(security, '修改原因').fill('到岗')
  await expectAccessible(security)
  await button(security, '保存角色').click()
  await expect(security.locator('.account-grants')).toContainText('调度办全市')
  await expect(invited.locator('[data-project]').first()).toBeVisible()

  await button(admin, '停用').click()
  await field(admin, '修改原因').fill('试完')
  await admin.locator('form').getByRole('button', { name: '停用' }).click()
  await expect(invited.getByText('登录已失效')).toBeVisible()
  for (const page of [admin, invited, security]) await page.context().close()
})

test('security looks as somebody else, sees what that person sees, and changes nothing', async ({
  browser,
}) => {
  const page = await openFor(browser, 'anquan', '/desk/account?q=tianxin')
  await page.locator('[data-account=tianxin]').click()
  await button(page, '以其身份查看').click()
  await expect(page.getByText('正在以“陈志强”的身份查看')).toBeVisible()
  await page.locator('[data-project]').first().click()
  await expect(page.locator('.panel h2')).toBeVisible()
  await expect(button(page, '填报本月')).toHaveCount(0)
  await expectAccessible(page)
  await button(page, '回到自己的身份').click()
  await expect(page.locator('[data-account=tianxin]')).toBeVisible()
  await page.context().close()
})

test('a wall shows a code, opens by itself once it is let in, and goes dark when it is revoked', async ({
  browser,
}) => {
  const wall = await (
    await browser.newContext({ ...nobody, viewport: { width: 1920, height: 1080 } })
  ).newPage()
  await wall.goto('/wall')
  const shown = wall.locator('[data-code]')
  await expect(shown).toHaveText(/\d{3} \d{3}/)
  await expectAccessible(wall)
  const admin = await openFor(browser, 'guanli', '/desk/device')
  await field(admin, '配对码').fill((await shown.textContent()) ?? '')
  await field(admin, '大屏名称').first().fill('会议室大屏')
  await button(admin, '批准这块大屏').click()
  await expect(wall.locator('.wall-units li')).toHaveCount(11)
  const row = admin.locator('[data-device=会议室大屏]')
  await expect(async () => {
    await admin.reload()
    await expect(row).toContainText('1920×1080')
  }).toPass()
  await expectAccessible(admin)
  // Neither a restart of the page nor a server that is away makes it ask for anything.
  await wall.route('**/api/**', (route) => route.abort())
  await wall.reload()
  await expect(wall.locator('.wall-units li')).toHaveCount(11)
  await wall.unroute('**/api/**')

  await button(admin, '撤销 会议室大屏').click()
  await button(admin, '确认撤销').click()
  await expect(wall.getByText('授权已被撤销')).toBeVisible()
  expect((await wall.request.get('/api/map')).status()).toBe(401)
  for (const page of [wall, admin]) await page.context().close()
})
