import { api, parseResponse } from '../shell/api.ts'
import { forgetLastKnown } from '../shell/last-known.ts'
import { keepNobody } from './kept.ts'

/** Ends the session; nothing of what was shown stays in this browser but unsent drafts. */
export async function signOut(): Promise<void> {
  await parseResponse(api.session.$delete())
  keepNobody()
  await forgetLastKnown()
  location.replace(location.pathname)
}
