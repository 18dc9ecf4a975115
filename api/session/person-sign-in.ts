/* Two ways into better-auth for somebody whose password, or right to a session, has been looked at already. */
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'

const body = z.object({ personId: z.number().int() })

type Context = Parameters<typeof setSessionCookie>[0]

async function begin(context: Context, personId: number) {
  const { internalAdapter } = context.context
  const user = await internalAdapter.findUserById(String(personId))
  const session = user && (await internalAdapter.createSession(user.id))
  if (!session) return { signedIn: false }
  await setSessionCookie(context, { session, user })
  return { signedIn: true }
}

/** better-auth's plugin; its addresses are never served, only called. */
export const personSignIn = {
  id: 'person-sign-in',
  endpoints: {
    // The two-factor plugin asks for a code after this path, by its name.
    signInPerson: createAuthEndpoint(
      '/sign-in/username',
      { method: 'POST', body },
      async (context) => context.json(await begin(context, context.body.personId)),
    ),
    openSession: createAuthEndpoint('/open-session', { method: 'POST', body }, async (context) =>
      context.json(await begin(context, context.body.personId)),
    ),
  },
}
