import { type Context, Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { ById } from '../http/contract.ts'
import { describe } from '../http/describe.ts'
import { ApiFailure } from '../http/failure.ts'
import { originOf } from '../http/origin.ts'
import { validate } from '../http/validate.ts'
import { viewerOf } from '../http/viewer.ts'
import { makeInvitation } from '../session/invitation.ts'
import {
  Account,
  AccountInput,
  AccountList,
  AccountPatch,
  DepartmentList,
  DeputyList,
  GrantList,
  Handover,
  HandoverResult,
  Invitation,
} from './contract.ts'
import { handOver } from './handover.ts'
import { findAccount, listAccounts, listDepartments } from './queries.ts'
import {
  asAdministrator,
  createAccount,
  lockPerson,
  patchAccount,
  recordOf,
  setDeputies,
  setGrants,
  today,
} from './write.ts'

const tag = '账号'

export const accountRoutes = (deps: Deps) => {
  const { db, env } = deps
  return new Hono()
    .get('/', describe({ tag, summary: '全部账号' }, AccountList), async (c) =>
      c.json({ rows: await listAccounts(db.sql, env) }, 200),
    )
    .post(
      '/',
      describe({ tag, summary: '新建账号，随后发邀请、授权', status: 201 }, Account),
      validate('json', AccountInput),
      async (c) => {
        const { reason = '新建账号', ...input } = c.req.valid('json')
        const id = await asAdministrator(c, deps, reason, (tx) => createAccount(tx, input))
        return c.json(await findAccount(db.sql, env, id), 201)
      },
    )
    .patch(
      '/:id',
      describe({ tag, summary: '修改、停用（会话立即退出）、启用、解锁账号' }, Account),
      validate('param', ById),
      validate('json', AccountPatch),
      async (c) => {
        const { id } = c.req.valid('param')
        await patch(c, deps, id, c.req.valid('json'))
        return c.json(await findAccount(db.sql, env, id), 200)
      },
    )
    .post(
      '/:id/invitation',
      describe({ tag, summary: '一次性链接：设置首个密码，或重置密码', status: 201 }, Invitation),
      validate('param', ById),
      async (c) => {
        const { id } = c.req.valid('param')
        const made = await asAdministrator(c, deps, '发出邀请', async (tx) => {
          await lockPerson(tx, id)
          const invitation = await makeInvitation(tx, id)
          await recordOf(c, deps, tx, 'invitation_made', id, { purpose: invitation.purpose })
          return invitation
        })
        const { token, ...rest } = made
        return c.json({ ...rest, link: `${originOf(c, env)}/join#${token}` }, 201)
      },
    )
    .put(
      '/:id/grant',
      describe({ tag, summary: '一个人的全部角色与范围（安全管理）' }, Account),
      validate('param', ById),
      validate('json', GrantList),
      async (c) => {
        const { id } = c.req.valid('param')
        const { grants, reason } = c.req.valid('json')
        refuseOwn(c, id)
        await asAdministrator(c, deps, reason, (tx) => setGrants(tx, id, grants))
        return c.json(await findAccount(db.sql, env, id), 200)
      },
    )
    .put(
      '/:id/deputy',
      describe({ tag, summary: '一个人的代理人及起止日期' }, Account),
      validate('param', ById),
      validate('json', DeputyList),
      async (c) => {
        const { id } = c.req.valid('param')
        const { deputies, reason } = c.req.valid('json')
        for (const { personId } of deputies) refuseOwn(c, personId)
        await asAdministrator(c, deps, reason, (tx) => setDeputies(tx, id, deputies))
        return c.json(await findAccount(db.sql, env, id), 200)
      },
    )
    .post(
      '/:id/handover',
      describe({ tag, summary: '人员变动：角色、项目和在办事项一次移交给他人' }, HandoverResult),
      validate('param', ById),
      validate('json', Handover),
      async (c) => {
        const { id } = c.req.valid('param')
        const { toPersonId, reason } = c.req.valid('json')
        refuseOwn(c, toPersonId)
        const move = { from: id, to: toPersonId, day: today(deps) }
        const result = await asAdministrator(c, deps, reason, async (tx) => {
          const moved = await handOver(tx, move)
          await recordOf(c, deps, tx, 'handover', id, { toPersonId })
          return moved
        })
        return c.json(result, 200)
      },
    )
}

export const departmentRoutes = ({ db }: Deps) =>
  new Hono().get('/', describe({ tag, summary: '部门' }, DepartmentList), async (c) =>
    c.json({ rows: await listDepartments(db.sql) }, 200),
  )

async function patch(c: Context, deps: Deps, id: number, change: AccountPatch): Promise<void> {
  if (change.disabled && viewerOf(c).id === id) {
    throw new ApiFailure(409, 'OWN_ACCOUNT', '不能停用自己的账号，请由另一位系统管理员办理')
  }
  await asAdministrator(c, deps, change.reason, async (tx) => {
    await patchAccount(tx, id, change)
    const record = (kind: Parameters<typeof recordOf>[3]) => recordOf(c, deps, tx, kind, id)
    if (change.disabled === true) await record('account_disabled')
    if (change.disabled === false) await record('account_enabled')
    if (change.unlock) await record('account_unlocked')
    if (change.dropTotp) await record('totp_dropped')
  })
}

/** Rights are never given to oneself, by whichever way. */
function refuseOwn(c: Context, personId: number): void {
  if (viewerOf(c).id !== personId) return
  throw new ApiFailure(403, 'OWN_GRANT', '不能给自己授权，请由另一位安全管理员办理')
}
