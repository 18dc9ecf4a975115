import { realClock } from '../clock.ts'
import type { Query } from '../db/sql.ts'
import type { Env } from '../env.ts'
import { notFound } from '../http/failure.ts'
import { invitationMark } from '../session/invitation.ts'
import type { Account, Department } from './contract.ts'

type Limits = Pick<Env, 'ONEMAP_LOCK_FAILURES' | 'ONEMAP_LOCK_MINUTES'>

/** Everybody with an account, or one of them, by name. */
export async function listAccounts(
  sql: Query,
  limits: Limits,
  id: number | null = null,
): Promise<Account[]> {
  const now = realClock.now()
  const locked = new Date(now.getTime() - limits.ONEMAP_LOCK_MINUTES * 60_000)
  return sql<Account[]>`
    select p.id, p.login, p.name, p.kind, p.department_id, p.title, p.phone, p.email, p.disabled_at,
           coalesce((select json_agg(json_build_object(
                'role', g.role, 'scope', g.scope, 'unitId', g.unit_id, 'parkId', g.park_id,
                'departmentId', g.department_id, 'validFrom', g.valid_from, 'validTo', g.valid_to)
                order by g.id) from role_grant g where g.person_id = p.id), '[]') as grants,
           coalesce((select json_agg(json_build_object('personId', d.person_id, 'name', o.name,
                'validFrom', d.valid_from, 'validTo', d.valid_to) order by d.valid_from, d.id)
                from deputy d join person o on o.id = d.person_id
               where d.for_person_id = p.id), '[]') as deputies,
           exists (select from auth_account a where a.user_id = p.id
                      and a.provider_id = 'credential') as has_password,
           exists (select from auth_account a where a.user_id = p.id
                      and a.provider_id <> 'credential') as has_provider,
           coalesce(u.two_factor_enabled, false) as has_totp,
           (select max(v.expires_at) from auth_verification v
             where v.identifier like ${invitationMark} and v.value = p.id::text
               and v.expires_at > ${now}) as invited_until,
           u.signed_in_at as last_sign_in_at,
           (select max(f.at) + make_interval(secs => ${limits.ONEMAP_LOCK_MINUTES * 60})
              from sign_in_failure f
             where f.login = lower(p.login) and f.failures >= ${limits.ONEMAP_LOCK_FAILURES}
               and f.at > ${locked}) as locked_until,
           (select count(*)::int from auth_session s
             where s.user_id = p.id and s.expires_at > ${now}) as sessions
      from person p left join auth_user u on u.id = p.id
     where p.kind = 'person' and p.id = coalesce(${id}::bigint, p.id)
     order by p.disabled_at is not null, p.name, p.id`
}

/** @throws ApiFailure 404 `ACCOUNT_NOT_FOUND`. */
export async function findAccount(sql: Query, limits: Limits, id: number): Promise<Account> {
  const [account] = await listAccounts(sql, limits, id)
  if (!account) throw notFound('account', '账号', id)
  return account
}

export async function listDepartments(sql: Query): Promise<Department[]> {
  return sql<Department[]>`select id, code, name, unit_id from department order by name`
}
