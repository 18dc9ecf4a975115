import { Hono } from 'hono'
import { again } from '../db/retry.ts'
import type { Deps } from '../deps.ts'
import { ById } from '../http/contract.ts'
import { describe } from '../http/describe.ts'
import { authorOf } from '../http/guard.ts'
import { validate } from '../http/validate.ts'
import { askerOf } from '../http/viewer.ts'
import { Schedule } from './contract.ts'
import { readSchedule, sendAgain } from './queries.ts'

export const scheduleRoutes = ({ db }: Deps) =>
  new Hono()
    .get(
      '/',
      describe(
        { tag: '后台任务', summary: '定时任务的最近一次运行，和没有送达的邮件、群消息' },
        Schedule,
      ),
      async (c) => c.json(await db.read({ ...askerOf(c), scope: null }, readSchedule), 200),
    )
    .post(
      '/delivery/:id/again',
      describe({ tag: '后台任务', summary: '重新发送一条未送达的消息' }, Schedule),
      validate('param', ById),
      async (c) => {
        const { id } = c.req.valid('param')
        const author = authorOf(c, '重新发送')
        const unbound = { ...author, by: { ...askerOf(c), scope: null } }
        const schedule = await again(() =>
          db.transact(unbound, async (tx) => {
            await sendAgain(tx, id)
            return readSchedule(tx)
          }),
        )
        return c.json(schedule, 200)
      },
    )
