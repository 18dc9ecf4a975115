import type { Context } from 'hono'
import { chinaDate } from '../clock.ts'
import type { Transaction } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { ApiFailure, fieldFailure, notFound } from '../http/failure.ts'
import { addressOf } from '../http/origin.ts'
import { viewerOf } from '../http/viewer.ts'
import { recordSecurityEvent, type SecurityEvent } from '../session/security-event.ts'
import type { AccountInput, AccountPatch, DeputyList, GrantInput } from './contract.ts'

/**
 * A write by an administrator, as the owner of the tables: nothing of them is granted to requests. The
 * history tells who it was all the same. Kept look-ups are dropped.
 */
export async function asAdministrator<T>(
  c: Context,
  { db, env, sessions }: Deps,
  reason: string,
  write: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const { id, name } = viewerOf(c)
  const result = await db.transact({ actor: name, reason }, async (tx) => {
    await tx`select set_config('onemap.person', ${String(id ?? '')}, true),
                    set_config('onemap.address', ${addressOf(c, env)}, true)`
    return write(tx)
  })
  sessions.forget()
  return result
}

/** An event of somebody's account, with who did it. */
export async function recordOf(
  c: Context,
  { db, env }: Deps,
  tx: Transaction,
  kind: SecurityEvent['kind'],
  personId: number,
  detail: NonNullable<SecurityEvent['detail']> = {},
): Promise<void> {
  const { id, login } = viewerOf(c)
  await recordSecurityEvent(tx, {
    at: db.clock.now(),
    kind,
    personId: id,
    login,
    address: addressOf(c, env),
    detail: { ...detail, ofPersonId: personId },
  })
}

const columns = (given: Partial<AccountInput>) =>
  Object.fromEntries(
    Object.entries({
      login: given.login,
      name: given.name,
      department_id: given.departmentId,
      title: given.title,
      phone: given.phone,
      email: given.email,
    }).filter(([, value]) => value !== undefined),
  )

/**
 * @returns the id of the new person.
 * @throws ApiFailure 409 `LOGIN_TAKEN`.
 */
export async function createAccount(tx: Transaction, input: AccountInput): Promise<number> {
  await refuseTaken(tx, input.login, null)
  const [row] = await tx<{ id: number }[]>`
    insert into person ${tx(columns(input))} returning id`
  if (!row) throw new ApiFailure(500, 'INTERNAL', '账号没有写入')
  return row.id
}

/**
 * @returns the login before.
 * @throws ApiFailure 404 `ACCOUNT_NOT_FOUND`, 409 `LOGIN_TAKEN`.
 */
export async function patchAccount(
  tx: Transaction,
  id: number,
  patch: AccountPatch,
): Promise<string> {
  const [known] = await tx<{ login: string; disabledAt: string | null }[]>`
    select login, disabled_at from person where id = ${id} for update`
  if (!known) throw notFound('account', '账号', id)
  if (patch.login !== undefined) await refuseTaken(tx, patch.login, id)
  const values = columns(patch as Partial<AccountInput>)
  if (Object.keys(values).length > 0) await tx`update person set ${tx(values)} where id = ${id}`
  if (patch.disabled !== undefined && patch.disabled !== (known.disabledAt !== null)) {
    await tx`
      update person set disabled_at = ${patch.disabled ? tx`app_now()` : null} where id = ${id}`
  }
  if (patch.disabled) await endSessions(tx, id)
  if (patch.unlock) await tx`delete from sign_in_failure where login = lower(${known.login})`
  if (patch.unlock) {
    await tx`update auth_two_factor set failed_verification_count = 0, locked_until = null
              where user_id = ${id}`
  }
  if (patch.dropTotp) {
    await tx`delete from auth_two_factor where user_id = ${id}`
    await tx`update auth_user set two_factor_enabled = false where id = ${id}`
    await endSessions(tx, id)
  }
  return known.login
}

async function endSessions(tx: Transaction, id: number): Promise<void> {
  await tx`delete from auth_session where user_id = ${id}`
  await tx`delete from auth_verification where value = ${String(id)}`
}

async function refuseTaken(tx: Transaction, login: string, but: number | null): Promise<void> {
  const [taken] = await tx`
    select from person where lower(login) = lower(${login}) and id is distinct from ${but}::bigint`
  const message = `登录名“${login}”已有人用，请换一个`
  if (taken) throw fieldFailure(409, 'LOGIN_TAKEN', message, 'login', login)
}

const apart = ['auditor', 'security', 'administrator']

/**
 * Makes the grants of a person those given; the ones that stay are left untouched.
 * @throws ApiFailure 404 `ACCOUNT_NOT_FOUND`, 422 `GRANTS_APART`.
 */
export async function setGrants(
  tx: Transaction,
  id: number,
  grants: readonly GrantInput[],
): Promise<void> {
  await lockPerson(tx, id)
  refuseTogether(grants.map(({ role }) => role))
  const stored = await tx<({ id: number } & GrantInput)[]>`
    select id, role, scope, unit_id, park_id, department_id, valid_from, valid_to
      from role_grant where person_id = ${id} order by id`
  const wanted = new Map(grants.map((grant) => [keyOf(grant), grant]))
  for (const grant of stored) {
    if (!wanted.delete(keyOf(grant))) await tx`delete from role_grant where id = ${grant.id}`
  }
  for (const grant of wanted.values()) await insertGrant(tx, id, grant)
}

/**
 * 三员分立: nobody is more than one of the administrators.
 * @throws ApiFailure 422 `GRANTS_APART`.
 */
export function refuseTogether(roles: readonly string[]): void {
  const administers = new Set(roles.filter((role) => apart.includes(role)))
  if (administers.size <= 1) return
  const message = '审计、安全管理、系统管理须由不同的人担任'
  throw fieldFailure(422, 'GRANTS_APART', message, 'grants', [...administers].join())
}

/** The same right, between the same days. */
const keyOf = (grant: GrantInput): string =>
  JSON.stringify([
    grant.role,
    grant.scope,
    grant.unitId,
    grant.parkId,
    grant.departmentId,
    grant.validFrom,
    grant.validTo,
  ])

export async function insertGrant(tx: Transaction, id: number, grant: GrantInput): Promise<void> {
  await tx`
    insert into role_grant (person_id, role, scope, unit_id, park_id, department_id, valid_from, valid_to)
    values (${id}, ${grant.role}, ${grant.scope}, ${grant.unitId}, ${grant.parkId},
            ${grant.departmentId}, ${grant.validFrom}, ${grant.validTo})`
}

/**
 * Makes those who stand in for a person the ones given.
 * @throws ApiFailure 404 `ACCOUNT_NOT_FOUND`, 422 `DEPUTY_SELF`.
 */
export async function setDeputies(
  tx: Transaction,
  id: number,
  deputies: DeputyList['deputies'],
): Promise<void> {
  await lockPerson(tx, id)
  if (deputies.some(({ personId }) => personId === id)) {
    throw fieldFailure(422, 'DEPUTY_SELF', '代理人不能是本人', 'deputies', id)
  }
  await tx`delete from deputy where for_person_id = ${id}`
  for (const { personId, validFrom, validTo } of deputies) {
    await tx`
      insert into deputy (person_id, for_person_id, valid_from, valid_to)
      values (${personId}, ${id}, ${validFrom}, ${validTo})`
  }
}

/** @throws ApiFailure 404 `ACCOUNT_NOT_FOUND`. */
export async function lockPerson(tx: Transaction, id: number): Promise<void> {
  const [known] = await tx`select from person where id = ${id} and kind = 'person' for update`
  if (!known) throw notFound('account', '账号', id)
}

/** The day on the application's clock. */
export const today = ({ db }: Pick<Deps, 'db'>): string => chinaDate(db.clock.now())
