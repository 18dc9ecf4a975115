import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const cli = fileURLToPath(new URL('../../api/dist/import/cli.js', import.meta.url))
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onemap-cli-'))
  await writeFile(join(folder, 'map.json'), '[1]')
  await writeFile(join(folder, 'a.csv'), '项目编码,项目名称\n')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.each([
  [
    'a map that is not there',
    ['a.csv', '--map', 'none.json'],
    /^✗ FILE_NOT_READABLE: none\.json：ENOENT$/m,
  ],
  ['a map that is none', ['a.csv', '--map', 'map.json'], /^✗ MAP_INVALID: 列对应表应为 JSON 对象/m],
  ['a file that is not there', ['none.csv'], /^✗ FILE_NOT_READABLE: none\.csv：ENOENT$/m],
  ['a folder', ['.'], /^✗ FILE_NOT_READABLE: \.：EISDIR$/m],
  [
    'a year that is none',
    ['a.csv', '--year', '12'],
    /^✗ USAGE: --year 是“12”，应为 1990 到 2100 的年份$/m,
  ],
])(
  '%s ends the command before a database is opened, with code and reason',
  async (_, args, line) => {
    const env = { PATH: process.env['PATH'], ONEMAP_DATA: join(folder, 'data') }
    const [code, err] = await new Promise<[number, string]>((resolve) => {
      execFile(process.execPath, [cli, ...args], { cwd: folder, env }, (error, _out, text) =>
        resolve([Number(error?.code ?? 0), text]),
      )
    })
    expect(code).toBe(1)
    expect(err).toMatch(line)
    expect(err).not.toMatch(/^\s+at /m)
  },
)
