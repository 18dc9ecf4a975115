import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Database } from 'api/db/database'
import { lookAtInvitation } from 'api/session/invitation'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseUrl, openTestDatabase } from '../support/database.ts'

const cli = fileURLToPath(new URL('../../api/dist/account/cli.js', import.meta.url))
let db: Database
let url: string | null
beforeAll(async () => {
  db = await openTestDatabase()
  url = await databaseUrl(db)
})
afterAll(() => db.close())

function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: url ?? '',
    ONEMAP_DATA: '/nowhere',
    PORT: '80',
  }
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], { env }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    )
  })
}
// The embedded database is held by the tests themselves.
const onServer = test.skipIf(process.env['ONEMAP_TEST_DATABASE'] === 'embedded')

onServer('the first administrator gets a link; a second one only where that is meant', async () => {
  const first = await run('admin', '吴管理')
  expect(first).toMatchObject({ code: 0, err: '' })
  const token = /http:\/\/127\.0\.0\.1:80\/join#(\S+)/.exec(first.out)?.[1] ?? ''
  expect(await lookAtInvitation(db.sql, token)).toMatchObject({ login: 'admin', name: '吴管理' })

  const second = await run('other', '另一人')
  expect([second.code, second.err]).toEqual([
    1,
    '✗ ADMIN_EXISTS: 已有系统管理人员 admin；确要再办，请加 --again\n',
  ])
  expect((await run('other', '另一人', '--again')).code).toBe(0)
  const again = await run('admin', '吴管理', '--again')
  expect(again.code).toBe(0)
  await expect(lookAtInvitation(db.sql, token)).rejects.toThrow('链接已失效')
  const roles = await db.sql`select role from role_grant order by id`
  expect(roles.map(({ role }) => role)).toEqual(['administrator', 'administrator'])

  const apart = await run('admin', '吴管理', '--role', 'security')
  expect([apart.code, apart.err]).toEqual([
    1,
    '✗ GRANTS_APART: 审计、安全管理、系统管理须由不同的人担任\n',
  ])
  expect((await run('keeper', '钱安全', '--role', 'security')).code).toBe(0)
})

test.each([
  [['admin'], /^✗ USAGE: 应给出登录名和姓名，给出了 1 个/],
  [['a b', '某人'], /^✗ USAGE: 登录名为 2 到 60 个字/],
  [['admin', '某人', '--role', 'king'], /^✗ USAGE: --role 是“king”/],
  [['admin', '某人', '--force'], /^✗ USAGE: /],
])('%j is explained, before a database is opened', async (args, line) => {
  const { code, err } = await run(...args)
  expect(code).toBe(1)
  expect(err).toMatch(line)
})
