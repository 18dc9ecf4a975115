import { Hono } from 'hono'
import { stream } from 'hono/streaming'
import { z } from 'zod'
import { chinaDate } from '../clock.ts'
import type { Deps } from '../deps.ts'
import { describe } from '../http/describe.ts'
import { authorOf } from '../http/guard.ts'
import { validate } from '../http/validate.ts'
import { askerOf } from '../http/viewer.ts'
import { CheckRun } from './check-run.ts'
import {
  AuditFilter,
  AuditList,
  AuditPage,
  AuditState,
  PrintNote,
  PrintRecorded,
} from './contract.ts'
import { recordEvent } from './event.ts'
import { auditFileHead, auditFileLine } from './file.ts'
import { listAudit } from './queries.ts'
import { readState } from './state.ts'

/** Entries a file holds at most: as many as a spreadsheet opens without trouble. */
const mostInFile = 100_000
const pageOfFile = 200

export const auditRoutes = ({ db, log }: Deps) => {
  const run = new CheckRun(db, log)
  return new Hono()
    .get(
      '/',
      describe({ tag: '留痕', summary: '谁、何时、从哪里、为何、改了什么；最近的在前' }, AuditList),
      validate('query', AuditPage),
      async (c) => c.json(await listAudit(db, askerOf(c), c.req.valid('query')), 200),
    )
    .get(
      '/file',
      describe(
        {
          tag: '留痕',
          summary: `同样的筛选，CSV 文件，最近的至多 ${mostInFile} 条；下载本身也留痕`,
          type: 'text/csv',
        },
        z.string(),
      ),
      validate('query', AuditFilter),
      (c) => {
        const filter = c.req.valid('query')
        const asker = askerOf(c)
        const day = chinaDate(db.clock.now())
        c.header('Content-Type', 'text/csv; charset=utf-8')
        c.header(
          'Content-Disposition',
          `attachment; filename="audit-${day}.csv"; filename*=UTF-8''${encodeURIComponent(`留痕-${day}.csv`)}`,
        )
        return stream(c, async (out) => {
          await out.write(auditFileHead)
          let before: number | undefined
          for (let told = 0; told < mostInFile && !out.aborted; told += pageOfFile) {
            const page = { ...filter, limit: pageOfFile, ...(before && { before }) }
            const { rows, next } = await listAudit(db, asker, page)
            await out.write(rows.map(auditFileLine).join(''))
            if (next === null) break
            before = next
          }
        })
      },
    )
    .get(
      '/state',
      describe({ tag: '留痕', summary: '链到哪里、末尾的哈希、最近一次核对的结果' }, AuditState),
      async (c) => c.json({ ...(await readState(db)), running: run.running }, 200),
    )
    .post(
      '/verify',
      describe(
        { tag: '留痕', summary: '在后台核对全部留痕；结果见 state，并记入留痕' },
        AuditState,
      ),
      async (c) => {
        run.start(authorOf(c, '核对留痕'))
        return c.json({ ...(await readState(db)), running: run.running }, 200)
      },
    )
    .post(
      '/print',
      describe({ tag: '留痕', summary: '页面被打印；由页面自己告知', status: 201 }, PrintRecorded),
      validate('json', PrintNote),
      async (c) => {
        const { page } = c.req.valid('json')
        const { actor, by } = authorOf(c, '打印')
        const { personId = null, address, agent } = by ?? {}
        const from = { personId, actor, address, agent }
        const now = db.clock.now()
        await recordEvent(db.sql, now, { kind: 'print', ...from, reason: '打印', detail: { page } })
        return c.json({ recorded: true } as const, 201)
      },
    )
}
