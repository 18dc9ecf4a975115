import { Hono } from 'hono'
import { viewOf } from '../city/view.ts'
import { again } from '../db/retry.ts'
import type { Deps } from '../deps.ts'
import { describe } from '../http/describe.ts'
import { authorOf } from '../http/guard.ts'
import { validate } from '../http/validate.ts'
import { Report, ReportFilter, ReportInput, ReportList } from './contract.ts'
import { fileReport } from './file.ts'
import { listReports } from './queries.ts'

export const reportRoutes = ({ db }: Deps) =>
  new Hono()
    .get(
      '/',
      describe({ tag: '填报', summary: '填报清单，最近的月份在前' }, ReportList),
      validate('query', ReportFilter),
      async (c) => {
        const { asOf, ...where } = c.req.valid('query')
        const rows = await listReports(db.sql, await viewOf(db, asOf), where)
        return c.json({ rows }, 200)
      },
    )
    .post(
      '/',
      describe(
        {
          tag: '填报',
          summary: '提交一份月报；同一 key 重复提交视为同一份，replaces 更正已收到的一份',
          status: 201,
        },
        Report,
      ),
      validate('json', ReportInput),
      async (c) => {
        const input = c.req.valid('json')
        const what = input.replaces === undefined ? '月报' : '月报更正'
        const author = authorOf(c, `${input.month.slice(0, 7)} ${what}`)
        const view = await viewOf(db)
        const given = { reporter: author.actor, date: view.date, year: view.year }
        const { report, created } = await again(() =>
          db.transact(author, (tx) => fileReport(tx, input, given)),
        )
        return created ? c.json(report, 201) : c.json(report, 200)
      },
    )
