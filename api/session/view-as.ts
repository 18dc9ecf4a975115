import type { Context } from 'hono'
import type { Deps } from '../deps.ts'
import { permissionsOf } from '../http/access.ts'
import { ApiFailure, fieldFailure } from '../http/failure.ts'
import { addressOf } from '../http/origin.ts'
import { recordSecurityEvent } from './security-event.ts'
import type { Current } from './sessions.ts'

/**
 * From here on the session sees what another person sees, and writes nothing; null: back to oneself.
 * @throws ApiFailure 403 `FORBIDDEN` for who may not, 422 `PERSON_UNKNOWN`.
 */
export async function viewAs(
  c: Context,
  { db, env, sessions }: Deps,
  { self, session }: Current,
  personId: number | null,
): Promise<void> {
  if (!permissionsOf(self).has('view-as')) {
    throw new ApiFailure(403, 'FORBIDDEN', '您的角色不能以他人身份查看')
  }
  const other = personId === session.personId ? null : personId
  if (other !== null) {
    const [person] = await db.sql`
      select from person where id = ${other} and kind = 'person' and disabled_at is null`
    const message = `没有编号为 ${other} 的人员，或已停用`
    if (!person) throw fieldFailure(422, 'PERSON_UNKNOWN', message, 'personId', other)
  }
  await db.sql`update auth_session set view_as = ${other} where id = ${session.id}`
  sessions.forget()
  await recordSecurityEvent(db.sql, {
    at: db.clock.now(),
    kind: 'view_as',
    personId: session.personId,
    login: self.login,
    address: addressOf(c, env),
    detail: { personId: other },
  })
}
