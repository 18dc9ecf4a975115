/*
 * npm run admin -- LOGIN NAME: makes the first administrator of a database, or helps one who is locked
 * out, and prints a link that sets the password.
 */

import { parseArgs } from 'node:util'
import { z } from 'zod'
import { chinaDate } from '../clock.ts'
import { runCommand } from '../command.ts'
import { type Database, openDatabase } from '../db/database.ts'
import type { Transaction } from '../db/sql.ts'
import { readEnv } from '../env.ts'
import { roleWords } from '../person/role-words.ts'
import { makeInvitation } from '../session/invitation.ts'
import { AccountInput } from './contract.ts'
import { createAccount, insertGrant, refuseTogether } from './write.ts'

const USAGE = `用法 / usage:
  npm run admin -- 登录名 姓名 [选项]

  --role 角色   administrator（系统管理，默认）、security（安全管理，授予角色）或 auditor（审计）；三者须是不同的人
  --again       已有这种管理员时仍然办理：另加一人，或给同一登录名的人换发链接`

const Role = z.enum(['administrator', 'security', 'auditor'])
type Role = z.infer<typeof Role>

interface Request {
  login: string
  name: string
  role: Role
  again: boolean
}

await runCommand({ usage: USAGE, needsArguments: true, run })

async function run(args: string[]): Promise<number> {
  const request = readRequest(args)
  const env = readEnv(process.env)
  const db = await openDatabase(env, { warn: (message) => console.error(message) })
  try {
    const { token, expiresAt } = await admit(db, request)
    const origin = env.ONEMAP_URL ?? `http://${env.HOST}:${env.PORT}`
    console.log(`${roleWords[request.role]} ${request.name}（${request.login}）`)
    console.log(
      `设置密码的链接，只能用一次，到 ${expiresAt} 为止 / link to set the password, works once:`,
    )
    console.log(`  ${origin}/join#${token}`)
    return 0
  } finally {
    await db.close()
  }
}

function readRequest(args: string[]): Request {
  const { values, positionals } = parseOrExplain(args)
  const [login, name] = positionals
  const role = Role.safeParse(values.role)
  if (!role.success) {
    throw new Error(`USAGE: --role 是“${values.role}”，应为 ${Role.options.join('、')} 之一`)
  }
  if (positionals.length !== 2) {
    throw new Error(`USAGE: 应给出登录名和姓名，给出了 ${positionals.length} 个\n${USAGE}`)
  }
  const given = AccountInput.pick({ login: true, name: true }).safeParse({ login, name })
  if (!given.success) throw new Error(`USAGE: ${given.error.issues[0]?.message}\n${USAGE}`)
  return { ...given.data, role: role.data, again: values.again }
}

function parseOrExplain(args: string[]) {
  const options = {
    role: { type: 'string', default: 'administrator' },
    again: { type: 'boolean', default: false },
  } as const
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new Error(`USAGE: ${(error as Error).message}\n${USAGE}`)
  }
}

/** @throws Error `ADMIN_EXISTS`; ApiFailure 422 `GRANTS_APART`. */
async function admit(db: Database, { login, name, role, again }: Request) {
  const day = chinaDate(db.clock.now())
  const author = { actor: '命令行', reason: `设立${roleWords[role]}人员` }
  return db.transact(author, async (tx) => {
    const holders = await holdersOf(tx, role, day)
    if (holders.length > 0 && !again) {
      const names = holders.map((holder) => holder.login).join('、')
      throw new Error(`ADMIN_EXISTS: 已有${roleWords[role]}人员 ${names}；确要再办，请加 --again`)
    }
    const [known] = await tx<{ id: number }[]>`
      select id from person where lower(login) = lower(${login}) and kind = 'person'`
    const id = known?.id ?? (await createAccount(tx, { login, name }))
    await tx`update person set disabled_at = null where id = ${id} and disabled_at is not null`
    if (!holders.some((holder) => holder.id === id)) await grant(tx, id, role, day)
    return makeInvitation(tx, id)
  })
}

function holdersOf(tx: Transaction, role: Role, day: string) {
  return tx<{ id: number; login: string }[]>`
  select distinct p.id, p.login from role_grant g join person p on p.id = g.person_id
   where g.role = ${role} and p.disabled_at is null
     and ${day}::date between g.valid_from and coalesce(g.valid_to, 'infinity')`
}

async function grant(tx: Transaction, id: number, role: Role, day: string): Promise<void> {
  const held = await tx<{ role: string }[]>`
    select role from role_grant where person_id = ${id} and coalesce(valid_to, 'infinity') >= ${day}::date`
  refuseTogether([...held.map((one) => one.role), role])
  const place = { unitId: null, parkId: null, departmentId: null }
  await insertGrant(tx, id, { role, scope: 'city', ...place, validFrom: day, validTo: null })
}
