import { Hono } from 'hono'
import { viewOf } from '../city/view.ts'
import type { Deps } from '../deps.ts'
import { AsOf } from '../http/contract.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import { readRule } from './rule/book.ts'
import { LightRule } from './rule/contract.ts'

export const lightRoutes = ({ db }: Deps) =>
  new Hono().get(
    '/rule',
    describe({ tag: '亮灯', summary: '评判某一天的亮灯规则，默认现在' }, LightRule),
    validate('query', AsOf),
    async (c) => {
      const view = await viewOf(db, c.req.valid('query').asOf)
      return c.json(await readRule(db.sql, view), 200)
    },
  )
