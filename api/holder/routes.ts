import { Hono } from 'hono'
import { viewOf } from '../city/view.ts'
import type { Deps } from '../deps.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import { askerOf } from '../http/viewer.ts'
import { HolderFilter, HolderTotal, HolderTotalFilter, ProjectHolder } from './contract.ts'
import { readHolder, readTotal } from './queries.ts'

const tag = '球在谁手里'

export const holderRoutes = ({ db }: Deps) =>
  new Hono()
    .get(
      '/',
      describe(
        { tag, summary: '一个项目从开始到今天，每一天在谁手里；各方天数之和等于历时' },
        ProjectHolder,
      ),
      validate('query', HolderFilter),
      async (c) => {
        const { project, asOf } = c.req.valid('query')
        const view = await viewOf(db, asOf)
        return c.json(await db.read(askerOf(c), (tx) => readHolder(tx, view, project)), 200)
      },
    )
    .get(
      '/total',
      describe({ tag, summary: '各部门、各单位累计等待天数，和现在手里的项目数' }, HolderTotal),
      validate('query', HolderTotalFilter),
      async (c) => {
        const { from, unit, asOf } = c.req.valid('query')
        const view = await viewOf(db, asOf)
        const since = from ?? `${view.year}-01-01`
        const total = await db.read(askerOf(c), (tx) => readTotal(tx, view, { since, unit }))
        return c.json(total, 200)
      },
    )
