import { api, type Failure, parseResponse, readFailure } from '../shell/api.ts'

let refused: Failure | null = null

/** Why the link that opened this wall was not taken; null when it was, or there was none. */
export const refusedLink = (): Failure | null => refused

/**
 * Makes this browser the wall of a link (/wall#device=…): the token leaves the address before anything
 * else, so that it is in no history and no picture of the screen.
 */
export async function takeWallLink(): Promise<void> {
  const token = new URLSearchParams(location.hash.slice(1)).get('device')
  if (token === null) return
  history.replaceState(null, '', location.pathname)
  try {
    await parseResponse(api.device.session.$post({ json: { token } }))
  } catch (error) {
    refused = readFailure(error)
  }
}
