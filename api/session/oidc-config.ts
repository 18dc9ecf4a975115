import type { genericOAuth } from 'better-auth/plugins'
import { realClock } from '../clock.ts'
import type { Query, Sql } from '../db/sql.ts'
import type { AuthSettings } from './auth.ts'

type Config = Parameters<typeof genericOAuth>[0]['config']

/**
 * The single sign-on of the settings, or none. Whoever it names is matched to a person that exists: the
 * one it was matched to before (by the provider's own id), else by login, else by an address that the
 * provider has checked. It never makes anybody.
 */
export function oidcConfig(sql: Sql, env: AuthSettings): Config {
  const { ONEMAP_OIDC_ISSUER: issuer, ONEMAP_OIDC_CLIENT_ID: clientId } = env
  if (!issuer || !clientId) return []
  return [
    {
      providerId: 'oidc',
      name: env.ONEMAP_OIDC_NAME,
      discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
      clientId,
      ...(env.ONEMAP_OIDC_CLIENT_SECRET ? { clientSecret: env.ONEMAP_OIDC_CLIENT_SECRET } : {}),
      scopes: ['openid', 'profile', 'email'],
      pkce: true,
      requireIdTokenVerification: true,
      disableSignUp: true,
      disableImplicitSignUp: true,
      mapProfileToUser: async (profile) => {
        const id = await personOf(sql, profile)
        return { email: `person-${id ?? 'none'}@onemap.invalid`, emailVerified: true, name: '' }
      },
    },
  ]
}

async function personOf(sql: Sql, profile: Record<string, unknown>): Promise<number | null> {
  const text = (name: string) => String(profile[name] ?? '')
  const [row] = await sql<{ id: number }[]>`
    select id from (
      select a.user_id as id, 1 as rank from auth_account a
       where a.provider_id = 'oidc' and a.account_id = ${text('sub')}
      union all
      select p.id, case when lower(p.login) = lower(${text('preferred_username')}) then 2 else 3 end
        from person p
       where p.kind = 'person'
         and (lower(p.login) = lower(${text('preferred_username')})
              or (lower(p.email) = lower(${text('email')}) and ${profile['email_verified'] === true}
                  and not exists (select from person o where lower(o.email) = lower(p.email) and o.id <> p.id)))
         -- Bound to another name of the provider: not this one's.
         and not exists (select from auth_account a where a.provider_id = 'oidc' and a.user_id = p.id)
    ) as found order by rank, id limit 1`
  if (!row) return null
  await makeUser(sql, row.id)
  return row.id
}

/** better-auth's row of a person, made once it is needed. */
export async function makeUser(sql: Query, personId: number): Promise<void> {
  const now = realClock.now()
  await sql`
    insert into auth_user (id, created_at, updated_at) values (${personId}, ${now}, ${now})
    on conflict (id) do nothing`
}
