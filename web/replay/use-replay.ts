import { useQuery } from '@tanstack/react-query'
import type { MapReplay } from 'api/map/replay/contract'
import { useMemo } from 'react'
import { buildTable, type ProjectTable } from '../project/table.ts'
import { replayOf } from './queries.ts'
import { snapshotOfDay } from './replay-day.ts'
import { type Span, spanOf, spansOf } from './span.ts'

export interface Replay {
  /** The years that can be looked at, oldest first. */
  spans: readonly Span[]
  /** The one that is shown. */
  span: Span | null
  /** Its days; null while they are on their way, or where there are too many projects for them. */
  days: MapReplay | null
  /** The shown day's projects out of them; null for the present and where there are no days. */
  table: ProjectTable | null
  isLoading: boolean
  /** Too many projects, or the server gave no answer: single days can still be chosen. */
  isImpossible: boolean
}

/**
 * The past that can be played without asking for each day.
 * @param since the first day that anything is known of. @param asOf the shown day, null: now.
 * @param wanted whether somebody is about to move through time: nothing is loaded before.
 */
export function useReplay(
  since: string | null,
  today: string | null,
  asOf: string | null,
  wanted: boolean,
): Replay {
  const spans = useMemo(
    () => (since === null || today === null ? [] : spansOf(since, today)),
    [since, today],
  )
  const span = spanOf(spans, asOf)
  const query = useQuery({
    ...replayOf(span ?? { from: '', to: '' }),
    enabled: span !== null && (wanted || asOf !== null),
  })
  const days = query.data ?? null
  const snapshot = days && asOf !== null ? snapshotOfDay(days, asOf) : null
  const table = useMemo(() => (snapshot ? buildTable(snapshot) : null), [snapshot])
  return { spans, span, days, table, isLoading: query.isFetching, isImpossible: query.isError }
}
