import { type Context, Hono } from 'hono'
import { viewOf } from '../city/view.ts'
import { again } from '../db/retry.ts'
import type { Deps } from '../deps.ts'
import { AsOf, ById } from '../http/contract.ts'
import { describe } from '../http/describe.ts'
import { notFound } from '../http/failure.ts'
import { authorOf } from '../http/guard.ts'
import { Turns } from '../http/turns.ts'
import { validate } from '../http/validate.ts'
import { askerOf } from '../http/viewer.ts'
import { readRule } from '../light/rule/book.ts'
import {
  ProjectDetail,
  ProjectFilter,
  ProjectHistory,
  ProjectInput,
  ProjectList,
  ProjectPatch,
} from './contract.ts'
import { readProject } from './detail.ts'
import { readHistory } from './history.ts'
import { isJudged, listProjects } from './list.ts'
import { createProject, patchProject } from './write.ts'

/** A list that judges every project holds all their facts meanwhile: 350 MB of a hundred thousand. */
const judgingAtOnce = 2
const judgingWaiting = 50
const judgingPatienceMs = 20_000

export const projectRoutes = ({ db }: Deps) => {
  const turns = new Turns(judgingAtOnce, judgingWaiting, judgingPatienceMs)
  const detail = async (c: Context, id: number, asOf?: string) => {
    const view = await viewOf(db, asOf)
    const rule = await readRule(db.sql, view)
    return db.read(askerOf(c), (tx) => readProject(tx, view, rule, id))
  }
  return new Hono()
    .get(
      '/',
      describe({ tag: '重点项目', summary: '项目清单，可按任意条件筛选' }, ProjectList),
      validate('query', ProjectFilter),
      async (c) => {
        const filter = c.req.valid('query')
        const view = await viewOf(db, filter.asOf)
        const rule = await readRule(db.sql, view)
        const list = () => db.read(askerOf(c), (tx) => listProjects(tx, view, rule, filter))
        return c.json(isJudged(filter) ? await turns.take(list) : await list(), 200)
      },
    )
    .get(
      '/:id',
      describe({ tag: '重点项目', summary: '一个项目的全部情况' }, ProjectDetail),
      validate('param', ById),
      validate('query', AsOf),
      async (c) => c.json(await detail(c, c.req.valid('param').id, c.req.valid('query').asOf), 200),
    )
    .get(
      '/:id/history',
      describe(
        { tag: '重点项目', summary: '一个项目的逐次变更：何时、何人、为何、改了什么' },
        ProjectHistory,
      ),
      validate('param', ById),
      async (c) => {
        const { id } = c.req.valid('param')
        const history = await db.read(askerOf(c), (tx) => readHistory(tx, id))
        if (history.rows.length === 0) throw notFound('project', '项目', id)
        return c.json(history, 200)
      },
    )
    .post(
      '/',
      describe({ tag: '重点项目', summary: '新建项目', status: 201 }, ProjectDetail),
      validate('json', ProjectInput),
      async (c) => {
        const input = c.req.valid('json')
        const author = authorOf(c, input.reason)
        const id = await again(() => db.transact(author, (tx) => createProject(tx, input)))
        return c.json(await detail(c, id), 201)
      },
    )
    .patch(
      '/:id',
      describe(
        { tag: '重点项目', summary: '修改项目，须说明原因；未给出的字段不变' },
        ProjectDetail,
      ),
      validate('param', ById),
      validate('json', ProjectPatch),
      async (c) => {
        const { id } = c.req.valid('param')
        const patch = c.req.valid('json')
        const author = authorOf(c, patch.reason)
        await again(() => db.transact(author, (tx) => patchProject(tx, id, patch)))
        return c.json(await detail(c, id), 200)
      },
    )
}
