import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Me } from 'api/person/contract'
import type { SessionState } from 'api/session/contract'
import { useEffect, useState } from 'react'
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
  const ask = () => void askSession(client).catch(() => {})
  useEffect(() => onUnknown(() => void askSession(client).catch(() => {})), [client])
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
  useEffect(() => {
    if (me === null || me === entered) return
    if (entered !== null && reachOf(me) !== reachOf(entered)) location.reload()
    else setEntered(me)
  }, [me, entered])
  useEffect(() => {
    // What changed while nobody was signed in was told to nobody.
    if (isAway) return () => void client.invalidateQueries()
    return undefined
  }, [client, isAway])
  return entered
}
