import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { again } from '../db/retry.ts'
import type { Deps } from '../deps.ts'
import { ById } from '../http/contract.ts'
import { describe } from '../http/describe.ts'
import { ApiFailure } from '../http/failure.ts'
import { authorOf } from '../http/guard.ts'
import { validate } from '../http/validate.ts'
import { askerOf, viewerOf } from '../http/viewer.ts'
import {
  NoticeFilter,
  NoticeList,
  NoticePreference,
  NoticePreferenceInput,
  NoticeRead,
  NoticeUnread,
  NoticeWebhook,
  NoticeWebhookInput,
  NoticeWebhookList,
  NoticeWebhookTest,
} from './contract.ts'
import { robotTimeoutMs } from './deliver.ts'
import { SendFailure } from './outside.ts'
import { listNotices, markRead, readPreference, setPreference } from './queries.ts'
import { tellRobot } from './robot.ts'
import { listWebhooks, robotOf, setWebhook } from './webhook.ts'

export const noticeRoutes = ({ db, env }: Deps) =>
  new Hono()
    .get(
      '/',
      describe({ tag: '通知', summary: '我的通知：未读在前，新的在前；next 是下一页' }, NoticeList),
      validate('query', NoticeFilter),
      async (c) => {
        const filter = c.req.valid('query')
        return c.json(await db.read(askerOf(c), (tx) => listNotices(tx, filter)), 200)
      },
    )
    .post(
      '/read',
      describe({ tag: '通知', summary: '标为已读：ids 指定，或 upTo 及更早的全部' }, NoticeUnread),
      validate('json', NoticeRead),
      async (c) => {
        ownOf(c)
        const read = c.req.valid('json')
        const author = authorOf(c, '已读通知')
        const unread = await again(() => db.transact(author, (tx) => markRead(tx, read)))
        return c.json({ unread }, 200)
      },
    )
    .get(
      '/preference',
      describe({ tag: '通知', summary: '我的通知方式' }, NoticePreference),
      async (c) => {
        const { id } = viewerOf(c)
        return c.json(await db.read(askerOf(c), (tx) => readPreference(tx, id ?? 0)), 200)
      },
    )
    .put(
      '/preference',
      describe({ tag: '通知', summary: '设置我的通知方式；没有写到的种类不变' }, NoticePreference),
      validate('json', NoticePreferenceInput),
      async (c) => {
        const id = ownOf(c)
        const { rows } = c.req.valid('json')
        const author = authorOf(c, '通知方式')
        const saved = await again(() =>
          db.transact(author, async (tx) => {
            await setPreference(tx, id, rows)
            return readPreference(tx, id)
          }),
        )
        return c.json(saved, 200)
      },
    )
    .get(
      '/webhook',
      describe({ tag: '通知', summary: '群机器人，不含地址和密钥' }, NoticeWebhookList),
      async (c) => c.json({ rows: await db.read(askerOf(c), listWebhooks) }, 200),
    )
    .put(
      '/webhook',
      describe(
        {
          tag: '通知',
          summary: '按名称新建或修改群机器人；没有写的地址、密钥不变',
        },
        NoticeWebhook,
      ),
      validate('json', NoticeWebhookInput),
      async (c) => {
        const input = c.req.valid('json')
        const author = authorOf(c, '群机器人')
        const unbound = { ...author, by: { ...askerOf(c), scope: null } }
        const saved = await again(() =>
          db.transact(unbound, (tx) => setWebhook(tx, input, env.ONEMAP_WEBHOOK_HOSTS)),
        )
        return c.json(saved, 200)
      },
    )
    .post(
      '/webhook/:id/test',
      describe({ tag: '通知', summary: '向群机器人发一条测试消息' }, NoticeWebhookTest),
      validate('param', ById),
      async (c) => {
        const { id } = c.req.valid('param')
        const robot = await db.read({ ...askerOf(c), scope: null }, (tx) => robotOf(tx, id))
        const message = {
          title: '测试消息',
          text: `${viewerOf(c).name} 正在检查这个群机器人能否收到全市项目一张图的通知`,
          link: env.ONEMAP_URL ?? null,
        }
        const sending = {
          token: randomUUID(),
          now: db.clock.now(),
          hosts: env.ONEMAP_WEBHOOK_HOSTS,
          timeoutMs: robotTimeoutMs,
        }
        try {
          await tellRobot(robot, message, sending)
          return c.json({ sent: true, error: null }, 200)
        } catch (error) {
          if (!(error instanceof SendFailure)) throw error
          return c.json({ sent: false, error: error.message }, 200)
        }
      },
    )

/**
 * Whose notices are written: nobody's but one's own.
 * @throws ApiFailure 403 `FORBIDDEN`.
 */
function ownOf(c: Context): number {
  const { id, viewedBy } = viewerOf(c)
  if (id !== null && viewedBy === null) return id
  throw new ApiFailure(403, 'FORBIDDEN', '只有本人能改自己的通知')
}
