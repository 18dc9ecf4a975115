import { realClock } from '../clock.ts'
import type { Sql } from '../db/sql.ts'
import type { Env } from '../env.ts'
import type { Viewer } from '../person/viewer.ts'
import { policies } from './policy.ts'

/** How somebody signs in, and what the policy asks for before anything else. */
export interface Duties {
  hasPassword: boolean
  hasTotp: boolean
  mustChangePassword: boolean
  mustEnrolTotp: boolean
}

/** By the policy in force: a password that is too old, a second factor that the roles have to have. */
export async function dutiesOf(
  sql: Sql,
  env: Pick<Env, 'ONEMAP_PASSWORD_POLICY'>,
  { id, grants }: Pick<Viewer, 'id' | 'grants'>,
): Promise<Duties> {
  const { rotationDays, totpRoles } = policies[env.ONEMAP_PASSWORD_POLICY]
  const [row] = await sql<{ passwordAt: string | null; hasPassword: boolean; hasTotp: boolean }[]>`
    select u.two_factor_enabled as has_totp, a.id is not null as has_password, a.password_at
      from auth_user u
      left join auth_account a on a.user_id = u.id and a.provider_id = 'credential'
       and a.password is not null
     where u.id = ${id}`
  const { passwordAt = null, hasPassword = false, hasTotp = false } = row ?? {}
  const ageMs = passwordAt === null ? 0 : realClock.now().getTime() - Date.parse(passwordAt)
  return {
    hasPassword,
    hasTotp,
    mustChangePassword: rotationDays !== null && ageMs > rotationDays * 86_400_000,
    mustEnrolTotp: hasPassword && !hasTotp && grants.some(({ role }) => totpRoles.includes(role)),
  }
}
