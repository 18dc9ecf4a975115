import type { Me } from 'api/person/contract'
import { createContext, useContext } from 'react'

/** Whoever the page was opened for: it stays while a session that ended waits to be renewed. */
export const MeContext = createContext<Me | null>(null)

/** Who is signed in; null only outside of what the gate opens. */
export const useMe = (): Me | null => useContext(MeContext)

/**
 * Whether the signed-in person may do something (one of api/access.ts), so that nothing is
 * offered that would be refused.
 */
export function useMay(): (permission: string) => boolean {
  const me = useMe()
  return (permission) => me?.permissions.includes(permission) === true
}
