import { Hono } from 'hono'
import { z } from 'zod'
import { readCity } from '../city/queries.ts'
import { viewOf } from '../city/view.ts'
import { again } from '../db/retry.ts'
import type { Deps } from '../deps.ts'
import { ById } from '../http/contract.ts'
import { describe } from '../http/describe.ts'
import { authorOf } from '../http/guard.ts'
import { validate } from '../http/validate.ts'
import { askerOf, viewerOf } from '../http/viewer.ts'
import {
  Report,
  ReportDraft,
  ReportDraftFilter,
  ReportDraftInput,
  ReportDraftList,
  ReportFilter,
  ReportInput,
  ReportList,
  ReportQueue,
  ReportQueueFilter,
  ReportReview,
  ReportTable,
  ReportTableFilter,
  TableLineFilter,
  TableLineList,
} from './contract.ts'
import { listDrafts, saveDraft } from './draft.ts'
import { fileReport } from './file.ts'
import { listReports } from './queries.ts'
import { reviewQueue } from './queue.ts'
import { reviewReport } from './review.ts'
import { reportTable, tableLines } from './table.ts'
import { tableFile } from './table-file.ts'

const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const reportRoutes = ({ db, env }: Deps) =>
  new Hono()
    .get(
      '/',
      describe({ tag: '填报', summary: '填报清单，最近的月份在前' }, ReportList),
      validate('query', ReportFilter),
      async (c) => {
        const { asOf, ...where } = c.req.valid('query')
        const view = await viewOf(db, asOf)
        const rows = await db.read(askerOf(c), (tx) => listReports(tx, view, where))
        return c.json({ rows }, 200)
      },
    )
    .get(
      '/table',
      describe(
        { tag: '填报', summary: '月度投资完成情况表：按项目类别、建设阶段、隶属' },
        ReportTable,
      ),
      validate('query', ReportTableFilter),
      async (c) => {
        const { month, asOf } = c.req.valid('query')
        const view = await viewOf(db, asOf)
        return c.json(await db.read(askerOf(c), (tx) => reportTable(tx, view, month)), 200)
      },
    )
    .get(
      '/table/row',
      describe({ tag: '填报', summary: '月报表一行背后的项目，万元' }, TableLineList),
      validate('query', TableLineFilter),
      async (c) => {
        const { asOf, ...of } = c.req.valid('query')
        const view = await viewOf(db, asOf)
        const rows = await db.read(askerOf(c), (tx) => tableLines(tx, view, of))
        return c.json({ rows }, 200)
      },
    )
    .get(
      '/table.xlsx',
      describe({ tag: '填报', summary: '同一张月度表，Excel 文件', type: workbook }, z.string()),
      validate('query', ReportTableFilter),
      async (c) => {
        const { month, asOf } = c.req.valid('query')
        const view = await viewOf(db, asOf)
        const table = await db.read(askerOf(c), (tx) => reportTable(tx, view, month))
        const { name: city } = await readCity({ db, env })
        const file = await tableFile(table, { city, asOf: view.date })
        const name = encodeURIComponent(`${city}${month.slice(0, 7)}投资完成情况.xlsx`)
        return c.body(new Uint8Array(file), 200, {
          'Content-Type': workbook,
          'Content-Disposition': `attachment; filename="report-${month.slice(0, 7)}.xlsx"; filename*=UTF-8''${name}`,
        })
      },
    )
    .get(
      '/queue',
      describe({ tag: '填报', summary: '一个月待核实的填报，与计划相差最大的在前' }, ReportQueue),
      validate('query', ReportQueueFilter),
      async (c) => {
        const { month } = c.req.valid('query')
        const view = await viewOf(db)
        const rows = await db.read(askerOf(c), (tx) => reviewQueue(tx, view, month))
        return c.json({ rows }, 200)
      },
    )
    .get(
      '/draft',
      describe({ tag: '填报', summary: '一个项目还没有提交的草稿' }, ReportDraftList),
      validate('query', ReportDraftFilter),
      async (c) => {
        const { project } = c.req.valid('query')
        const rows = await db.read(askerOf(c), (tx) => listDrafts(tx, project))
        return c.json({ rows }, 200)
      },
    )
    .put(
      '/draft',
      describe(
        {
          tag: '填报',
          summary: '保存草稿：一个项目一个月一份，两处同时填写时按项合并',
        },
        ReportDraft,
      ),
      validate('json', ReportDraftInput),
      async (c) => {
        const input = c.req.valid('json')
        const { id, name } = viewerOf(c)
        const author = authorOf(c, `${input.month.slice(0, 7)} 月报草稿`)
        const given = { personId: id, name, date: (await viewOf(db)).date }
        const draft = await again(() => db.transact(author, (tx) => saveDraft(tx, input, given)))
        return c.json(draft, 200)
      },
    )
    .post(
      '/',
      describe(
        {
          tag: '填报',
          summary: '提交一份月报；同一 key 重复提交视为同一份，replaces 更正已收到的一份',
          status: 201,
          also: { 200: { description: '同一 key、同一内容此前已收到，或已更正', same: true } },
        },
        Report,
      ),
      validate('json', ReportInput),
      async (c) => {
        const input = c.req.valid('json')
        const what = input.replaces === undefined ? '月报' : '月报更正'
        const author = authorOf(c, `${input.month.slice(0, 7)} ${what}`)
        const view = await viewOf(db)
        const given = {
          reporter: author.actor,
          reporterId: author.by?.personId ?? null,
          now: db.clock.now(),
          date: view.date,
          year: view.year,
        }
        const { report, created } = await again(() =>
          db.transact(author, (tx) => fileReport(tx, input, given)),
        )
        return created ? c.json(report, 201) : c.json(report, 200)
      },
    )
    .post(
      '/:id/review',
      describe({ tag: '填报', summary: '核实一份填报，或说明原因退回' }, Report),
      validate('param', ById),
      validate('json', ReportReview),
      async (c) => {
        const { id } = c.req.valid('param')
        const review = c.req.valid('json')
        const author = authorOf(c, review.decision === 'verified' ? '核实月报' : '退回月报')
        const given = { reviewer: author.actor, view: await viewOf(db) }
        const report = await again(() =>
          db.transact(author, (tx) => reviewReport(tx, id, review, given)),
        )
        return c.json(report, 200)
      },
    )
