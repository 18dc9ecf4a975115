import { type Context, Hono } from 'hono'
import { viewOf } from '../city/view.ts'
import { chinaDate } from '../clock.ts'
import { again } from '../db/retry.ts'
import type { Transaction } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { ById } from '../http/contract.ts'
import { describe } from '../http/describe.ts'
import { ApiFailure } from '../http/failure.ts'
import { authorOf } from '../http/guard.ts'
import { validate } from '../http/validate.ts'
import { askerOf, viewerOf } from '../http/viewer.ts'
import {
  DispatchDetail,
  DispatchFilter,
  DispatchInput,
  DispatchList,
  Proposal,
  RecallInput,
  Selection,
  StepInput,
} from './contract.ts'
import { readSelf } from './owner.ts'
import { proposeDispatch } from './proposal.ts'
import { listDispatches, type Reader, readDispatch } from './queries.ts'
import { sendDispatch } from './send.ts'
import { type Acting, recallDispatch, takeStep } from './step.ts'

export const dispatchRoutes = ({ db }: Deps) => {
  const readerOf = async (tx: Transaction, c: Context): Promise<Reader> => {
    const today = chinaDate(db.clock.now())
    return { today, self: await readSelf(tx, viewerOf(c), today) }
  }
  const actingOf = async (tx: Transaction, c: Context): Promise<Acting> => {
    const { id, name } = viewerOf(c)
    return { ...(await readerOf(tx, c)), personId: id, name }
  }
  return new Hono()
    .get(
      '/',
      describe({ tag: '调度单', summary: '调度单清单：待我办理、我下达的、全部' }, DispatchList),
      validate('query', DispatchFilter),
      async (c) => {
        const { asOf, ...filter } = c.req.valid('query')
        const view = await viewOf(db, asOf)
        const list = await db.read(askerOf(c), async (tx) => {
          const { self } = await readerOf(tx, c)
          return listDispatches(tx, filter, { self, today: view.date, asOf: view.asOf })
        })
        return c.json(list, 200)
      },
    )
    .post(
      '/proposal',
      describe({ tag: '调度单', summary: '由所选项目、问题或区域拟一张调度单，不写入' }, Proposal),
      validate('json', Selection),
      async (c) => {
        const selection = c.req.valid('json')
        const view = await viewOf(db)
        const proposal = await db.read(askerOf(c), (tx) => proposeDispatch(tx, selection, view))
        return c.json(proposal, 200)
      },
    )
    .get(
      '/:id',
      describe({ tag: '调度单', summary: '一张调度单，各承办方的任务和办理过程' }, DispatchDetail),
      validate('param', ById),
      async (c) => {
        const { id } = c.req.valid('param')
        const order = await db.read(askerOf(c), async (tx) =>
          readDispatch(tx, id, await readerOf(tx, c)),
        )
        return c.json(order, 200)
      },
    )
    .post(
      '/',
      describe(
        {
          tag: '调度单',
          summary: '下达一张调度单；同一 key 重复提交视为同一张',
          status: 201,
          also: { 200: { description: '同一 key、同一内容此前已下达', same: true } },
        },
        DispatchDetail,
      ),
      validate('json', DispatchInput),
      async (c) => {
        const input = c.req.valid('json')
        const { id: senderId, name: senderName } = viewerOf(c)
        if (senderId === null) {
          throw new ApiFailure(403, 'SENDER_NEEDED', '调度单须由登录的人员下达')
        }
        const { order, created } = await again(() =>
          db.transact(authorOf(c, '下达调度单'), async (tx) => {
            const reader = await readerOf(tx, c)
            const sending = { senderId, senderName, today: reader.today }
            const { id, created } = await sendDispatch(tx, input, sending)
            return { order: await readDispatch(tx, id, reader), created }
          }),
        )
        return created ? c.json(order, 201) : c.json(order, 200)
      },
    )
    .post(
      '/:id/recall',
      describe(
        { tag: '调度单', summary: '撤回一张调度单未结束的任务；告知承办方' },
        DispatchDetail,
      ),
      validate('param', ById),
      validate('json', RecallInput),
      async (c) => {
        const { id } = c.req.valid('param')
        const input = c.req.valid('json')
        const order = await again(() =>
          db.transact(authorOf(c, '撤回调度单'), async (tx) => {
            const acting = await actingOf(tx, c)
            await recallDispatch(tx, id, input, acting)
            return readDispatch(tx, id, acting)
          }),
        )
        return c.json(order, 200)
      },
    )
    .post(
      '/task/:id/step',
      describe(
        {
          tag: '调度单',
          summary: '办理一项任务：签收、进展、反馈、检查、退回、撤回、延期、提级',
        },
        DispatchDetail,
      ),
      validate('param', ById),
      validate('json', StepInput),
      async (c) => {
        const { id } = c.req.valid('param')
        const input = c.req.valid('json')
        const order = await again(() =>
          db.transact(authorOf(c, '办理调度任务'), async (tx) => {
            const acting = await actingOf(tx, c)
            return readDispatch(tx, await takeStep(tx, id, input, acting), acting)
          }),
        )
        return c.json(order, 200)
      },
    )
}
