import { Hono } from 'hono'
import { viewOf } from '../city/view.ts'
import type { Deps } from '../deps.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import { askerOf } from '../http/viewer.ts'
import { PlanFilter, PlanList } from './contract.ts'
import { listPlans } from './queries.ts'

export const planRoutes = ({ db }: Deps) =>
  new Hono().get(
    '/',
    describe({ tag: '年度计划', summary: '年度计划清单（含年中增补、调出）' }, PlanList),
    validate('query', PlanFilter),
    async (c) => {
      const { asOf, year } = c.req.valid('query')
      const view = await viewOf(db, asOf)
      const known = { ...view, year: year ?? view.year }
      const rows = await db.read(askerOf(c), (tx) => listPlans(tx, known))
      return c.json({ rows }, 200)
    },
  )
