import { Hono } from 'hono'
import { again } from '../../db/retry.ts'
import type { Deps } from '../../deps.ts'
import { ById } from '../../http/contract.ts'
import { describe } from '../../http/describe.ts'
import { authorOf } from '../../http/guard.ts'
import { validate } from '../../http/validate.ts'
import { askerOf, whoOf } from '../../http/viewer.ts'
import {
  MilestonePlan,
  PlanChange,
  PlanDecision,
  PlanFilter,
  PlanInput,
  PlanList,
  PlanSubmission,
  Template,
  TemplateInput,
  TemplateList,
} from './contract.ts'
import { addTemplate, listPlans, listTemplates } from './queries.ts'
import { changePlan, decidePlan, proposePlan, submitPlan } from './write.ts'

const tag = '节点计划'

export const templateRoutes = ({ db }: Deps) =>
  new Hono()
    .get('/', describe({ tag, summary: '节点模板，每个取最新一版' }, TemplateList), async (c) =>
      c.json({ rows: await db.read(askerOf(c), listTemplates) }, 200),
    )
    .post(
      '/',
      describe({ tag, summary: '新增一个模板，或它的新一版；旧版不变' }, Template),
      validate('json', TemplateInput),
      async (c) => {
        const input = c.req.valid('json')
        const author = authorOf(c, `节点模板 ${input.code}`)
        return c.json(await db.transact(author, (tx) => addTemplate(tx, input)), 200)
      },
    )

export const planRoutes = ({ db }: Deps) =>
  new Hono()
    .get(
      '/',
      describe({ tag, summary: '节点计划，待审批的在前' }, PlanList),
      validate('query', PlanFilter),
      async (c) => {
        const where = c.req.valid('query')
        const rows = await db.read(askerOf(c), (tx) => listPlans(tx, where))
        return c.json({ rows }, 200)
      },
    )
    .post(
      '/',
      describe(
        {
          tag,
          summary: '按模板编制一个项目的节点计划；同一 key 重复提交视为同一份，此前的草稿作废',
          status: 201,
          also: { 200: { description: '同一 key 此前已收到', same: true } },
        },
        MilestonePlan,
      ),
      validate('json', PlanInput),
      async (c) => {
        const input = c.req.valid('json')
        const author = authorOf(c, '编制节点计划')
        const { plan, created } = await again(() =>
          db.transact(author, (tx) => proposePlan(tx, input, whoOf(c))),
        )
        return created ? c.json(plan, 201) : c.json(plan, 200)
      },
    )
    .put(
      '/:id',
      describe({ tag, summary: '修改时限或计划日期，其余步骤随之推算' }, MilestonePlan),
      validate('param', ById),
      validate('json', PlanChange),
      async (c) => {
        const { id } = c.req.valid('param')
        const change = c.req.valid('json')
        const author = authorOf(c, '修改节点计划')
        const plan = await again(() => db.transact(author, (tx) => changePlan(tx, id, change)))
        return c.json(plan, 200)
      },
    )
    .post(
      '/:id/submission',
      describe({ tag, summary: '把节点计划报调度办审批' }, MilestonePlan),
      validate('param', ById),
      validate('json', PlanSubmission),
      async (c) => {
        const { id } = c.req.valid('param')
        const { seen } = c.req.valid('json')
        const author = authorOf(c, '节点计划报审')
        const plan = await again(() =>
          db.transact(author, (tx) => submitPlan(tx, id, seen, whoOf(c))),
        )
        return c.json(plan, 200)
      },
    )
    .post(
      '/:id/decision',
      describe(
        { tag, summary: '批准节点计划（成为原计划，此后不再改变），或说明原因退回' },
        MilestonePlan,
      ),
      validate('param', ById),
      validate('json', PlanDecision),
      async (c) => {
        const { id } = c.req.valid('param')
        const decision = c.req.valid('json')
        const author = authorOf(
          c,
          decision.decision === 'approved' ? '批准节点计划' : '退回节点计划',
        )
        const plan = await again(() =>
          db.transact(author, (tx) => decidePlan(tx, id, decision, whoOf(c))),
        )
        return c.json(plan, 200)
      },
    )
