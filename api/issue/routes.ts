import type { Context } from 'hono'
import { Hono } from 'hono'
import { viewOf } from '../city/view.ts'
import { again } from '../db/retry.ts'
import type { Deps } from '../deps.ts'
import { ById } from '../http/contract.ts'
import { describe } from '../http/describe.ts'
import { authorOf } from '../http/guard.ts'
import { validate } from '../http/validate.ts'
import { askerOf, viewerOf } from '../http/viewer.ts'
import { listCauses, setCause } from './cause.ts'
import {
  Cause,
  CauseInput,
  CauseList,
  IssueDetail,
  IssueEdit,
  IssueFilter,
  IssueInput,
  IssueList,
  IssueRate,
  IssueRateFilter,
  IssueStepInput,
  SimilarFilter,
  SimilarList,
} from './contract.ts'
import { editIssue } from './edit.ts'
import { courtsOf, doerOf } from './parties.ts'
import { findIssue, listIssues } from './queries.ts'
import { raiseIssue } from './raise.ts'
import { issueRate } from './rate.ts'
import { readIssueRule } from './rule.ts'
import { similarIssues } from './similar.ts'
import { stepIssue } from './step.ts'

const tag = '问题'

export const issueRoutes = ({ db }: Deps) => {
  const asking = (c: Context) => ({ courts: courtsOf(viewerOf(c)), now: db.clock.now() })
  const find = (c: Context, id: number) =>
    db.read(askerOf(c), async (tx) => findIssue(tx, id, asking(c), await readIssueRule(tx)))
  return new Hono()
    .get(
      '/',
      describe({ tag, summary: '问题清单，最先到期的在前' }, IssueList),
      validate('query', IssueFilter),
      async (c) => {
        const { asOf, ...filter } = c.req.valid('query')
        const view = await viewOf(db, asOf)
        const now = view.asOf === null ? db.clock.now() : new Date(view.asOf)
        const then = { ...asking(c), now, asOf: view.asOf }
        return c.json(await db.read(askerOf(c), (tx) => listIssues(tx, filter, then)), 200)
      },
    )
    .get('/cause', describe({ tag, summary: '卡点原因清单' }, CauseList), async (c) =>
      c.json({ rows: await db.read(askerOf(c), listCauses) }, 200),
    )
    .put(
      '/cause',
      describe({ tag, summary: '新增或修改一个卡点原因' }, Cause),
      validate('json', CauseInput),
      async (c) => {
        const input = c.req.valid('json')
        const author = authorOf(c, `卡点原因 ${input.name}`)
        return c.json(await again(() => db.transact(author, (tx) => setCause(tx, input))), 200)
      },
    )
    .get(
      '/rate',
      describe({ tag, summary: '未结问题按时长；按收到的月份：办结、核实、评价三率' }, IssueRate),
      validate('query', IssueRateFilter),
      async (c) => {
        const filter = c.req.valid('query')
        const now = db.clock.now()
        return c.json(await db.read(askerOf(c), (tx) => issueRate(tx, filter, now)), 200)
      },
    )
    .get(
      '/similar',
      describe({ tag, summary: '可能重复的问题：同项目同原因，或标题相近' }, SimilarList),
      validate('query', SimilarFilter),
      async (c) => {
        const asked = c.req.valid('query')
        const now = db.clock.now()
        const rows = await db.read(askerOf(c), async (tx) =>
          similarIssues(tx, asked, now, await readIssueRule(tx)),
        )
        return c.json({ rows }, 200)
      },
    )
    .get(
      '/:id',
      describe({ tag, summary: '一个问题：经过、时限、现在能办的事' }, IssueDetail),
      validate('param', ById),
      async (c) => c.json(await find(c, c.req.valid('param').id), 200),
    )
    .post(
      '/',
      describe(
        {
          tag,
          summary: '提出一个问题；同一 key 重复提交视为同一个',
          status: 201,
          also: { 200: { description: '同一 key、同一内容此前已收到', same: true } },
        },
        IssueDetail,
      ),
      validate('json', IssueInput),
      async (c) => {
        const input = c.req.valid('json')
        const author = authorOf(c, `提出问题：${input.title}`)
        const by = { id: viewerOf(c).id, name: author.actor, now: db.clock.now() }
        const { id, created } = await again(() =>
          db.transact(author, (tx) => raiseIssue(tx, input, by), by.now),
        )
        const issue = await find(c, id)
        return created ? c.json(issue, 201) : c.json(issue, 200)
      },
    )
    .patch(
      '/:id',
      describe({ tag, summary: '修改一个问题的文字' }, IssueDetail),
      validate('param', ById),
      validate('json', IssueEdit),
      async (c) => {
        const { id } = c.req.valid('param')
        const edit = c.req.valid('json')
        const { courts } = asking(c)
        const author = authorOf(c, '修改问题')
        await again(() =>
          db.transact(author, (tx) =>
            editIssue(tx, id, edit, { doer: (issue) => doerOf(courts, issue) }),
          ),
        )
        return c.json(await find(c, id), 200)
      },
    )
    .post(
      '/:id/step',
      describe({ tag, summary: '办理一步：甄别、交办、签收……直至归档' }, IssueDetail),
      validate('param', ById),
      validate('json', IssueStepInput),
      async (c) => {
        const { id } = c.req.valid('param')
        const input = c.req.valid('json')
        const { courts, now } = asking(c)
        const author = authorOf(c, `问题 ${input.action}`)
        const by = {
          name: author.actor,
          now,
          doer: (issue: Parameters<typeof doerOf>[1]) => doerOf(courts, issue),
        }
        await again(() => db.transact(author, (tx) => stepIssue(tx, id, input, by), now))
        return c.json(await find(c, id), 200)
      },
    )
}
