import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { describe } from '../http/describe.ts'
import { ApiFailure } from '../http/failure.ts'
import { addressOf } from '../http/origin.ts'
import { validate } from '../http/validate.ts'
import {
  BackupCodes,
  Done,
  InvitationLook,
  InvitationOf,
  InvitationUse,
  PasswordChange,
  PasswordProof,
  SessionState,
  SignIn,
  SignInCode,
  SignInResult,
  TotpSecret,
  ViewAs,
} from './contract.ts'
import { requestHeaders, sendCookies } from './cookies.ts'
import { acceptInvitation, lookAtInvitation } from './invitation.ts'
import { finishOidc, startOidc } from './oidc.ts'
import { changePassword } from './password.ts'
import { recordSecurityEvent } from './security-event.ts'
import type { Current } from './sessions.ts'
import { signIn, signInWithCode } from './sign-in.ts'
import { sessionState } from './state.ts'
import { confirmTotp, dropTotp, enrolTotp } from './totp.ts'
import { viewAs } from './view-as.ts'

const done = { done: true } as const
const tag = '登录'

export const sessionRoutes = (deps: Deps) =>
  new Hono()
    .get(
      '/',
      describe({ tag, summary: '当前登录的人、登录方式与密码规定' }, SessionState),
      async (c) => c.json(await sessionState(c, deps), 200),
    )
    .post(
      '/',
      describe({ tag, summary: '用登录名和密码登录' }, SignInResult),
      validate('json', SignIn),
      async (c) => c.json(await signIn(c, deps, c.req.valid('json')), 200),
    )
    .post(
      '/code',
      describe({ tag, summary: '登录的第二步：动态验证码或备用码' }, SignInResult),
      validate('json', SignInCode),
      async (c) => c.json(await signInWithCode(c, deps, c.req.valid('json').code), 200),
    )
    .delete('/', describe({ tag, summary: '退出登录' }, Done), async (c) => {
      await signOut(c, deps)
      return c.json(done, 200)
    })
    .post(
      '/password',
      describe({ tag, summary: '修改自己的密码，其他会话随之退出' }, Done),
      validate('json', PasswordChange),
      async (c) => {
        await changePassword(c, deps, await currentOf(c, deps), c.req.valid('json'))
        return c.json(done, 200)
      },
    )
    .post(
      '/totp',
      describe({ tag, summary: '取得动态验证码的密钥，用一次验证码确认后生效' }, TotpSecret),
      validate('json', PasswordProof),
      async (c) => {
        const { password } = c.req.valid('json')
        return c.json(await enrolTotp(c, deps, await currentOf(c, deps), password), 200)
      },
    )
    .put(
      '/totp',
      describe({ tag, summary: '用第一个验证码启用，得到备用码（只显示一次）' }, BackupCodes),
      validate('json', SignInCode),
      async (c) => {
        const { code } = c.req.valid('json')
        return c.json(await confirmTotp(c, deps, await currentOf(c, deps), code), 200)
      },
    )
    .delete(
      '/totp',
      describe({ tag, summary: '停用动态验证码' }, Done),
      validate('json', PasswordProof),
      async (c) => {
        await dropTotp(c, deps, await currentOf(c, deps), c.req.valid('json').password)
        return c.json(done, 200)
      },
    )
    .post(
      '/invitation',
      describe({ tag, summary: '用邀请或重置链接设置密码' }, Done),
      validate('json', InvitationUse),
      async (c) => {
        await acceptInvitation(c, deps, c.req.valid('json'))
        return c.json(done, 200)
      },
    )
    .post(
      '/invitation/look',
      describe({ tag, summary: '邀请或重置链接是谁的' }, InvitationOf),
      validate('json', InvitationLook),
      async (c) => {
        const { personId: _, ...of } = await lookAtInvitation(
          deps.db.sql,
          c.req.valid('json').token,
        )
        return c.json(of, 200)
      },
    )
    .get(
      '/oidc/callback/:provider',
      describe({ tag, summary: '单点登录后回到这里，转回页面', type: 'text/html' }, z.string()),
      async (c) => finishOidc(c, deps, c.req.param('provider')),
    )
    .get(
      '/oidc/:provider',
      describe({ tag, summary: '转到单点登录', type: 'text/html' }, z.string()),
      async (c) => startOidc(c, deps, c.req.param('provider')),
    )
    .put(
      '/view-as',
      describe({ tag, summary: '以他人身份查看（只读），null 为恢复本人' }, Done),
      validate('json', ViewAs),
      async (c) => {
        await viewAs(c, deps, await currentOf(c, deps), c.req.valid('json').personId)
        return c.json(done, 200)
      },
    )

async function signOut(c: Context, { db, env, sessions }: Deps): Promise<void> {
  const current = await sessions.current(c)
  const auth = await sessions.auth()
  const { cookies } = await auth.signOut(requestHeaders(c, env))
  sendCookies(c, env, cookies)
  sessions.forget()
  if (!current) return
  await recordSecurityEvent(db.sql, {
    at: db.clock.now(),
    kind: 'sign_out',
    personId: current.session.personId,
    login: current.self.login,
    address: addressOf(c, env),
  })
}

/** @throws ApiFailure 401 `SIGN_IN_NEEDED` also for a wall, which has nothing to change. */
async function currentOf(c: Context, { sessions }: Deps): Promise<Current> {
  const current = await sessions.current(c)
  if (current) return current
  throw new ApiFailure(401, 'SIGN_IN_NEEDED', '请先登录')
}
