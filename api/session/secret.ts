import { randomBytes } from 'node:crypto'
import type { Sql } from '../db/sql.ts'
import type { Env } from '../env.ts'

/**
 * What signs cookies and encrypts second factors: the setting, or one that the servers of a database
 * share through it.
 */
export async function secretOf(sql: Sql, env: Pick<Env, 'ONEMAP_SECRET'>): Promise<string> {
  if (env.ONEMAP_SECRET) return env.ONEMAP_SECRET
  await sql`
    insert into auth_secret (secret) values (${randomBytes(32).toString('base64url')})
    on conflict (only_one) do nothing`
  const [row] = await sql<{ secret: string }[]>`select secret from auth_secret`
  if (!row) throw new Error('AUTH_SECRET: the secret of the server was not kept')
  return row.secret
}
