import { type Context, Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { asAdministrator, recordOf, today } from '../account/write.ts'
import type { Deps } from '../deps.ts'
import { ById } from '../http/contract.ts'
import { describe } from '../http/describe.ts'
import { ApiFailure, notFound } from '../http/failure.ts'
import { addressOf, isSecure, originOf } from '../http/origin.ts'
import { validate } from '../http/validate.ts'
import { Done } from '../session/contract.ts'
import { deviceCookie } from '../session/cookies.ts'
import {
  Device,
  DeviceInput,
  DeviceLink,
  DeviceList,
  DeviceToken,
  Heartbeat,
  Pairing,
  PairingCode,
  PairingSecret,
  PairingState,
} from './contract.ts'
import { findDevice } from './session.ts'
import {
  acceptPairing,
  beginPairing,
  createDevice,
  keepHeartbeat,
  listDevices,
  lookAtPairing,
  newToken,
  pairedToken,
  revokeDevice,
} from './write.ts'

const done = { done: true } as const
const tag = '大屏'

export const deviceRoutes = (deps: Deps) => {
  const { db, env } = deps
  return new Hono()
    .get('/', describe({ tag, summary: '全部大屏' }, DeviceList), async (c) =>
      c.json({ rows: await listDevices(db.sql) }, 200),
    )
    .post(
      '/',
      describe({ tag, summary: '新建大屏，得到它的链接（只显示一次）', status: 201 }, DeviceLink),
      validate('json', DeviceInput),
      async (c) => {
        const { name } = c.req.valid('json')
        const token = newToken()
        const id = await asAdministrator(c, deps, '新建大屏', async (tx) => {
          const made = await createDevice(tx, name, token, today(deps))
          await recordOf(c, deps, tx, 'device_made', made, { name })
          return made
        })
        const device = await deviceOf(deps, id)
        return c.json({ device, link: `${originOf(c, env)}/wall#device=${token}` }, 201)
      },
    )
    .post(
      '/session',
      describe({ tag, summary: '大屏用链接里的令牌进入' }, Done),
      validate('json', DeviceToken),
      async (c) => {
        const { token } = c.req.valid('json')
        if (!(await findDevice(db.sql, token))) {
          throw new ApiFailure(
            410,
            'DEVICE_INVALID',
            '大屏链接已停用或已过期，请向系统管理员再要一个',
          )
        }
        open(c, deps, token)
        return c.json(done, 200)
      },
    )
    .post(
      '/heartbeat',
      describe({ tag, summary: '大屏报告自己在运行' }, Done),
      validate('json', Heartbeat),
      async (c) => {
        const device = await deps.sessions.device(c)
        if (!device) throw new ApiFailure(403, 'NOT_A_DEVICE', '只有大屏报告运行情况')
        await keepHeartbeat(db.sql, device.personId, c.req.valid('json'), addressOf(c, env))
        return c.json(done, 200)
      },
    )
    .post(
      '/pairing',
      describe({ tag, summary: '新大屏取得配对码', status: 201 }, Pairing),
      async (c) => c.json(await beginPairing(db.sql), 201),
    )
    .put(
      '/pairing/:code',
      describe({ tag, summary: '让显示这个配对码的大屏进入' }, Device),
      validate('param', PairingCode),
      validate('json', DeviceInput),
      async (c) => {
        const { code } = c.req.valid('param')
        const { name } = c.req.valid('json')
        const id = await asAdministrator(c, deps, '大屏配对', async (tx) => {
          const made = await acceptPairing(tx, code, name, today(deps))
          await recordOf(c, deps, tx, 'device_paired', made, { name })
          return made
        })
        return c.json(await deviceOf(deps, id), 200)
      },
    )
    .get(
      '/pairing/:secret',
      describe({ tag, summary: '大屏等待配对的结果' }, PairingState),
      validate('param', PairingSecret),
      async (c) => {
        const { secret } = c.req.valid('param')
        const status = await lookAtPairing(db.sql, secret)
        if (status === 'paired') open(c, deps, pairedToken(secret))
        return c.json({ status }, 200)
      },
    )
    .delete(
      '/:id',
      describe({ tag, summary: '停用大屏，它立即退出' }, Device),
      validate('param', ById),
      async (c) => {
        const { id } = c.req.valid('param')
        await asAdministrator(c, deps, '停用大屏', async (tx) => {
          await revokeDevice(tx, id)
          await recordOf(c, deps, tx, 'device_revoked', id)
        })
        return c.json(await deviceOf(deps, id), 200)
      },
    )
}

async function deviceOf({ db }: Deps, id: number): Promise<Device> {
  const [device] = await listDevices(db.sql, id)
  if (!device) throw notFound('device', '大屏', id)
  return device
}

/** For a year, as long as its right lasts. */
function open(c: Context, { env }: Deps, token: string): void {
  setCookie(c, deviceCookie, token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: isSecure(c, env),
    maxAge: 365 * 86_400,
  })
}
