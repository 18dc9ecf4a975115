import type { Deps } from 'api/deps'
import { passwordHash } from 'api/session/hash'
import { storePassword } from 'api/session/password'
import type { Login } from './people.ts'

/** A password that either policy takes. */
export const password = 'Correct-Horse-7-Battery'

/** Gives one of the tests' people a password; tells the id. */
export async function givePassword({ db }: Pick<Deps, 'db'>, login: Login): Promise<number> {
  const [person] = await db.sql<{ id: number }[]>`select id from person where login = ${login}`
  if (!person) throw new Error(`no ${login} in the tests' city`)
  await storePassword(db.sql, person.id, await passwordHash.make(password))
  return person.id
}
