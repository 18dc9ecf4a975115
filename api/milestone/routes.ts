import { Hono } from 'hono'
import { viewOf } from '../city/view.ts'
import { chinaDate } from '../clock.ts'
import { again } from '../db/retry.ts'
import type { Deps } from '../deps.ts'
import { describe } from '../http/describe.ts'
import { authorOf } from '../http/guard.ts'
import { validate } from '../http/validate.ts'
import { askerOf } from '../http/viewer.ts'
import { Milestone, MilestoneFilter, MilestoneInput, MilestoneList } from './contract.ts'
import { planRoutes, templateRoutes } from './plan/routes.ts'
import { milestonesOf } from './queries.ts'
import { revisionRoutes } from './revision-routes.ts'
import { slipRoutes } from './slip/routes.ts'
import { setMilestone } from './write.ts'

export const milestoneRoutes = (deps: Deps) => {
  const { db } = deps
  return new Hono()
    .route('/template', templateRoutes(deps))
    .route('/plan', planRoutes(deps))
    .route('/', slipRoutes(deps))
    .route('/', revisionRoutes(deps))
    .get(
      '/',
      describe({ tag: '节点', summary: '一个项目的节点' }, MilestoneList),
      validate('query', MilestoneFilter),
      async (c) => {
        const { project, asOf } = c.req.valid('query')
        const view = await viewOf(db, asOf)
        const rows = await db.read(askerOf(c), (tx) => milestonesOf(tx, view, project))
        return c.json({ rows }, 200)
      },
    )
    .put(
      '/',
      describe(
        { tag: '节点', summary: '填报一个节点的预计日期、实际日期和佐证；预计晚于计划须有原因' },
        Milestone,
      ),
      validate('json', MilestoneInput),
      async (c) => {
        const input = c.req.valid('json')
        const today = chinaDate(db.clock.now())
        const author = authorOf(c, input.reason)
        const saved = await again(() => db.transact(author, (tx) => setMilestone(tx, input, today)))
        return c.json(saved, 200)
      },
    )
}
