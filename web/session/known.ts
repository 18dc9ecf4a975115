import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Me } from 'api/person/contract'
import type { SessionState } from 'api/session/contract'
import { useCallback, useEffect, useState } from 'react'
import { onUnknown } from '../shell/request.ts'
import { keptSession, reachOf } from './kept.ts'
import { askSession, sessionQuery } from './queries.ts'

/** A server that has not answered by then counts as none. */
const patienceMs = 3000

interface KnownSession {
  /** Null while nothing is known. */
  state: SessionState | null
  error: Error | null
  ask: () => void
}

/** Who is signed in: by the server's word, or by what this browser knew last when it says nothing. */
export function useKnownSession(): KnownSession {
  const client = useQueryClient()
  const { data, error } = useQuery(sessionQuery)
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), patienceMs)
    return () => clearTimeout(timer)
  }, [])
  const ask = useCallback(() => void askSession(client).catch(() => {}), [client])
  useEffect(() => onUnknown(ask), [ask])
  const state = data ?? (error !== null || isSlow ? keptSession() : null)
  return { state, error: data === undefined ? error : null, ask }
}

/**
 * Whoever the page is shown to: stays when the session ends, and is the same again after signing in.
 * Another person, or other rights, begin with a page that holds nothing of before.
 */
export function useEntered(me: Me | null): Me | null {
  const client = useQueryClient()
  const [entered, setEntered] = useState<Me | null>(null)
  const isAway = me === null && entered !== null
  const isOther = me !== null && entered !== null && reachOf(me) !== reachOf(entered)
  useEffect(() => {
    if (isOther) location.reload()
    else if (me !== null) setEntered(me)
  }, [me, isOther])
  useEffect(() => {
    // What changed while nobody was signed in was told to nobody.
    if (isAway) return () => void client.invalidateQueries()
    return undefined
  }, [client, isAway])
  return isOther ? null : entered
}
