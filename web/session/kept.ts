import type { Me } from 'api/person/contract'
import type { SessionState } from 'api/session/contract'

const slot = 'session'

/** Keeps who is signed in, so that the page opens without a network; nobody is kept as nobody. */
export function keepSession(state: SessionState): void {
  if (state.me) localStorage.setItem(slot, JSON.stringify(state))
  else keepNobody()
}

export const keepNobody = (): void => localStorage.removeItem(slot)

/** What this browser knew last; null when nobody was signed in. */
export function keptSession(): SessionState | null {
  try {
    return JSON.parse(localStorage.getItem(slot) ?? 'null') as SessionState | null
  } catch {
    return null
  }
}

/** What decides which rows somebody sees and may write: data of another reach must not be shown. */
export const reachOf = (me: Me): string =>
  JSON.stringify([me.id, me.viewedBy, [...me.permissions].sort(), me.grants])

/** The reach of whoever is known in this browser; empty when nobody is. */
export const keptReach = (): string => {
  const me = keptSession()?.me
  return me ? reachOf(me) : ''
}
