const listeners = new Set<() => void>()

/** Hears when the server no longer knows who asks; whoever listens asks it who is signed in. */
export function onUnknown(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Something else than an answer says that the session may be over, such as a stream that was shut. */
export const tellUnknown = (): void => {
  for (const listener of listeners) listener()
}

/** Refusals of a password or a code are answers to what was typed, not the end of a session. */
const isSignIn = (response: Response) => /\/api\/(session|device)\b/.test(response.url)

/** The API takes writes as JSON alone: one that has nothing to say is an empty object. */
const withBody = (init: RequestInit | undefined): RequestInit | undefined =>
  init?.method === 'POST' && init.body == null
    ? { ...init, body: '{}', headers: { 'content-type': 'application/json' } }
    : init

/** As `fetch`; every request of the page goes through it, so that no 401 passes unnoticed. */
export const request: typeof fetch = async (input, init) => {
  const response = await fetch(input, withBody(init))
  if (response.status === 401 && !isSignIn(response)) tellUnknown()
  return response
}
