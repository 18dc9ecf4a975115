import type { Deps } from '../deps.ts'
import { makeUser } from './oidc-config.ts'

/**
 * A session for somebody without asking for a password.
 * @returns the value of the Cookie header that opens it.
 */
export async function openSession(
  { db, sessions }: Pick<Deps, 'db' | 'sessions'>,
  personId: number,
): Promise<string> {
  await makeUser(db.sql, personId)
  const auth = await sessions.auth()
  const { cookies } = await auth.open(personId, new Headers())
  return cookies.map((cookie) => cookie.split(';')[0]).join('; ')
}
