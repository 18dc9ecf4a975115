import { Hono } from 'hono'
import { chinaDate } from '../clock.ts'
import { again } from '../db/retry.ts'
import type { Deps } from '../deps.ts'
import { ById } from '../http/contract.ts'
import { describe } from '../http/describe.ts'
import { authorOf } from '../http/guard.ts'
import { validate } from '../http/validate.ts'
import { askerOf, whoOf } from '../http/viewer.ts'
import {
  CorrectionInput,
  Decision,
  Milestone,
  Revision,
  RevisionFilter,
  RevisionInput,
  RevisionList,
  VerificationInput,
} from './contract.ts'
import { decideRevision, listRevisions, proposeRevision } from './revision.ts'
import { correctOriginal, verifyActual } from './write.ts'

const tag = '节点'

/** Re-baselines, and what the dispatch office does with a step's dates. */
export const revisionRoutes = ({ db }: Deps) =>
  new Hono()
    .get(
      '/revision',
      describe({ tag, summary: '节点调整，待审批的在前' }, RevisionList),
      validate('query', RevisionFilter),
      async (c) => {
        const where = c.req.valid('query')
        const rows = await db.read(askerOf(c), (tx) => listRevisions(tx, where))
        return c.json({ rows }, 200)
      },
    )
    .post(
      '/revision/:id/decision',
      describe({ tag, summary: '批准一份节点调整，或说明原因退回；不能审批自己提出的' }, Revision),
      validate('param', ById),
      validate('json', Decision),
      async (c) => {
        const { id } = c.req.valid('param')
        const decision = c.req.valid('json')
        const author = authorOf(
          c,
          decision.decision === 'approved' ? '批准节点调整' : '退回节点调整',
        )
        const given = { who: whoOf(c), today: chinaDate(db.clock.now()) }
        const revision = await again(() =>
          db.transact(author, (tx) => decideRevision(tx, id, decision, given)),
        )
        return c.json(revision, 200)
      },
    )
    .post(
      '/:id/revision',
      describe(
        {
          tag,
          summary: '提出调整一个节点的计划日期，须有原因；原计划不变',
          status: 201,
          also: { 200: { description: '同一 key、同一内容此前已收到', same: true } },
        },
        Revision,
      ),
      validate('param', ById),
      validate('json', RevisionInput),
      async (c) => {
        const { id } = c.req.valid('param')
        const input = c.req.valid('json')
        const given = { who: whoOf(c), today: chinaDate(db.clock.now()) }
        const author = authorOf(c, '提出节点调整')
        const { revision, created } = await again(() =>
          db.transact(author, (tx) => proposeRevision(tx, id, input, given)),
        )
        return created ? c.json(revision, 201) : c.json(revision, 200)
      },
    )
    .post(
      '/:id/verification',
      describe({ tag, summary: '核实一个节点的实际日期' }, Milestone),
      validate('param', ById),
      validate('json', VerificationInput),
      async (c) => {
        const { id } = c.req.valid('param')
        const { actualDate } = c.req.valid('json')
        const author = authorOf(c, '核实节点实际日期')
        const saved = await again(() =>
          db.transact(author, (tx) => verifyActual(tx, id, actualDate, whoOf(c))),
        )
        return c.json(saved, 200)
      },
    )
    .post(
      '/:id/correction',
      describe({ tag, summary: '更正录错的原计划日期，须写明原因，台账留痕' }, Milestone),
      validate('param', ById),
      validate('json', CorrectionInput),
      async (c) => {
        const { id } = c.req.valid('param')
        const input = c.req.valid('json')
        const author = authorOf(c, input.reason)
        const saved = await again(() => db.transact(author, (tx) => correctOriginal(tx, id, input)))
        return c.json(saved, 200)
      },
    )
