import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import type { Database } from 'api/db/database'
import { lockFolder } from 'api/db/folder-lock'
import { withOperator } from 'api/http/operator'
import { ImportLine, type ImportReport } from 'api/import/contract'
import { createSite } from 'api/site'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'

let db: Database
let site: TestApp
beforeAll(async () => {
  site = await openSmallCity({ ONEMAP_IMPORT_MB: '1' })
  db = site.deps.db
})
afterAll(() => site.close())

const good = '项目编码,项目名称,填报单位,类别,总投资（亿元）\nI1,导入甲,荷塘区,产业,3\n'
const bad = '项目编码,项目名称,填报单位,类别,总投资（亿元）\nI2,导入乙,某区,产业,约三\n'

function post(query: string, body: BodyInit, headers: Record<string, string> = {}) {
  return site.request(`/api/import?${query}`, { method: 'POST', body, headers })
}

async function linesOf(response: Response): Promise<ImportLine[]> {
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('application/x-ndjson')
  const lines = (await response.text()).trim().split('\n')
  return lines.map((line) => ImportLine.parse(JSON.parse(line)))
}

describe('POST /api/import', () => {
  test('streams its progress and ends with the report; the actor is in the history', async () => {
    const lines = await linesOf(await post('fileName=a.csv', good))
    const steps = lines.flatMap((line) => ('progress' in line ? line.progress.step : []))
    expect([...new Set(steps)]).toEqual(['读取文件', '识别', '比对', '写入'])
    expect(lines.at(-1)).toMatchObject({
      report: { noun: 'project', written: true, counts: { created: 1, refused: 0 } },
    })
    const [row] = await db.sql`
      select actor, reason from project_history where code = 'I1' and upper_inf(during)`
    expect({ ...row }).toEqual({ actor: '王调度', reason: '导入 a.csv' })
  })

  test('takes a form as browsers send it, options in the query', async () => {
    const form = new FormData()
    form.set('file', new Blob([good.replace('I1,导入甲', 'I3,导入丙')]), 'b.csv')
    const lines = await linesOf(await post('fileName=b.csv&dryRun=true', form))
    expect(lines.at(-1)).toMatchObject({ report: { dryRun: true, written: false } })
    expect(await db.sql`select from project where code = 'I3'`).toHaveLength(0)
  })

  test('a map gives headers their fields', async () => {
    const map = encodeURIComponent(JSON.stringify({ 钱: 'totalWan(亿元)' }))
    const text = '项目编码,项目名称,钱\nI1,导入甲,4\n'
    const lines = await linesOf(await post(`fileName=c.csv&as=project&map=${map}`, text))
    expect(lines.at(-1)).toMatchObject({
      report: { rows: [{ changes: [{ field: 'totalWan', before: 30_000, after: 40_000 }] }] },
    })
  })

  test.each([
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'FILE_FORMAT'],
    ['nothing', '', 'FILE_EMPTY'],
    ['a header alone', '项目编码,项目名称,填报单位\n', 'NO_ROWS'],
    ['half a workbook', Buffer.from('504b0304140000', 'hex'), 'XLSX_DAMAGED'],
    ['deep JSON', `{"type":"Point","coordinates":${'['.repeat(5000)}`, 'JSON_INVALID'],
  ])('%s ends the stream with an error line, and the server goes on', async (_, body, code) => {
    const lines = await linesOf(await post('fileName=x.csv', body))
    expect(lines.at(-1)).toMatchObject({ error: { code } })
    expect((await site.get('/api/project')).status).toBe(200)
  })

  test.each([
    ['no file name', '', good, 400, 'INVALID'],
    ['an unknown noun', 'fileName=x.csv&as=cat', good, 400, 'INVALID'],
    ['a map that is none', 'fileName=x.csv&map=%5B', good, 400, 'MAP_INVALID'],
    ['more than the limit', 'fileName=x.csv', 'x'.repeat(1024 * 1024 + 1), 413, 'FILE_TOO_BIG'],
  ])('%s is refused before the stream', async (_, query, body, status, code) => {
    const response = await post(query, body)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { code } })
  })

  test('another site may not import', async () => {
    const response = await post('fileName=x.csv', good, { 'sec-fetch-site': 'cross-site' })
    expect(response.status).toBe(403)
  })
})

describe('npm run import', () => {
  const cli = fileURLToPath(new URL('../../api/dist/import/cli.js', import.meta.url))
  let folder: string
  let stop: () => Promise<void>

  /** A server over the test's database that holds a data folder, as npm start leaves it. */
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'onemap-import-'))
    const lock = await lockFolder(folder)
    const sessions = withOperator(site.deps.sessions, 'key of the folder')
    const open = createSite({ ...site.deps, sessions })
    const server = serve({ fetch: open.fetch, port: 0, hostname: '127.0.0.1' })
    const url = await new Promise<string>((resolve) => {
      server.once('listening', () => {
        const address = server.address()
        resolve(typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '')
      })
    })
    await lock.announce(url, 'key of the folder')
    stop = async () => {
      await new Promise((resolve) => server.close(resolve))
      await lock.release()
      await rm(folder, { recursive: true, force: true })
    }
  })
  afterAll(() => stop())

  async function run(text: string, ...options: string[]) {
    const file = join(folder, '名单.csv')
    await writeFile(file, text)
    return new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const env = { ...process.env, ONEMAP_DATA: folder, DATABASE_URL: '' }
      execFile(process.execPath, [cli, file, ...options], { env }, (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), out, err }),
      )
    })
  }

  test('hands its file to the server that holds the folder, and shows the report', async () => {
    const { code, out, err } = await run(good.replace('I1,导入甲', 'I4,导入丁'))
    expect(out).toContain('共 1 行：新增 1，修改 0，未变 0，拒收 0')
    expect(err).toContain('写入')
    expect(code).toBe(0)
    expect(await db.sql`select from project where code = 'I4'`).toHaveLength(1)
  })

  test('ends with 1 where a row was refused, and says what would be right', async () => {
    const { code, out } = await run(bad)
    expect(code).toBe(1)
    expect(out).toContain('✗ 拒收 UNIT_UNKNOWN')
    expect(out).toContain('✗ 拒收 MONEY_VAGUE')
    expect(out).toContain('没有写入')
  })

  test('--json is the report and nothing else', async () => {
    const { out } = await run(bad, '--json', '--as', 'project')
    const report: ImportReport = JSON.parse(out)
    expect(report.counts).toEqual({ rows: 1, created: 0, changed: 0, unchanged: 0, refused: 1 })
  })

  test.each([
    ['a wrong option', ['--colour'], 'USAGE'],
    ['a wrong noun', ['--as', 'cat'], 'USAGE'],
    ['a wrong system', ['--crs', 'mars'], 'CRS_UNKNOWN'],
  ])('%s is explained in one line', async (_, options, code) => {
    const result = await run(good, ...options)
    expect(result.code).toBe(1)
    expect(result.err).toContain(`✗ ${code}: `)
    expect(result.err).not.toContain('    at ')
  })
})
