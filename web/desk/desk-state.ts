import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { type HotspotAsk, writeAsk } from '../hotspot/ask.ts'
import { noFilter, type ProjectFilter } from '../project/filter.ts'
import {
  type DeskState,
  type Opened,
  readDesk,
  type SortKey,
  writeDesk,
} from '../shell/url-state.ts'

const route = getRouteApi('/desk')

/** The desk's one state, which the URL holds, and the ways to change it. */
export interface Desk {
  state: DeskState
  /** The day that rests in the URL: while another one passes by, only what needs no request follows. */
  settled: string | null
  /** Typing replaces the entry in the browser's history, a choice adds one. */
  filter: (patch: Partial<ProjectFilter>, how?: 'typed' | 'chosen') => void
  clear: () => void
  select: (project: number | null) => void
  /** To a place: its filter alone, nothing selected. */
  goTo: (place: { unit?: number; park?: number }) => void
  sort: (key: SortKey, descending: boolean) => void
  asOf: (day: string | null) => void
  /** Shows a day in passing; `rest` takes the one that was shown last. */
  move: (day: string | null) => void
  rest: () => void
  /** Compares the shown day with an earlier one; null: no more. */
  compare: (day: string | null) => void
  columns: (shown: boolean) => void
  hotspots: (shown: boolean) => void
  /** Another measure, ground or radius of the hotspots. */
  ask: (ask: HotspotAsk) => void
  /** Opens the inbox, issues, orders or the ladder beside the map; null closes it. */
  open: (opened: (Pick<Opened, 'view'> & Partial<Opened>) | null) => void
  /** Begins an order about the selected project, or about all that the filter leaves. */
  sendOrder: (about: 'project' | 'filter') => void
}

const nothing = { issue: null, dispatch: null, body: null, hotspot: null, box: 'all' } as const

/** Reads the URL and writes it; the same object until the state changes. */
export function useDesk(): Desk {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const resting = useMemo(() => readDesk(search), [search])
  // Undefined: none passes by. A URL that changes meanwhile is a choice of its own.
  const [passing, setPassing] = useState<{ day: string | null; over: DeskState }>()
  const moving = passing?.over.asOf === resting.asOf ? passing : undefined
  const state = useMemo(
    () => (moving === undefined ? resting : { ...resting, asOf: moving.day }),
    [resting, moving],
  )
  const actions = useMemo(() => {
    const change = (next: (now: DeskState) => DeskState, replace = false) =>
      void navigate({ search: (now) => writeDesk(next(readDesk(now))), replace })
    return {
      filter: (patch: Partial<ProjectFilter>, how: 'typed' | 'chosen' = 'chosen') =>
        change((now) => ({ ...now, filter: { ...now.filter, ...patch } }), how === 'typed'),
      clear: () => change((now) => ({ ...now, filter: noFilter })),
      select: (project: number | null) => change((now) => ({ ...now, project, opened: null })),
      goTo: ({ unit, park }: { unit?: number; park?: number }) =>
        change((now) => ({
          ...now,
          project: null,
          opened: null,
          filter: {
            ...now.filter,
            unit: unit === undefined ? [] : [unit],
            park: park === undefined ? [] : [park],
          },
        })),
      sort: (sort: SortKey, descending: boolean) =>
        change((now) => ({ ...now, sort, descending }), true),
      asOf: (asOf: string | null) => change((now) => ({ ...now, asOf })),
      compare: (compare: string | null) =>
        change((now) => ({ ...now, compare, opened: null, project: null })),
      rest: (asOf: string | null) => change((now) => ({ ...now, asOf }), true),
      columns: (columns: boolean) => change((now) => ({ ...now, columns }), true),
      hotspots: (hotspots: boolean) => change((now) => ({ ...now, hotspots }), true),
      ask: (ask: HotspotAsk) => change((now) => ({ ...now, ask: writeAsk(ask) }), true),
      open: (opened: Parameters<Desk['open']>[0]) =>
        change((now) => ({
          ...now,
          opened: opened && { ...nothing, ...opened },
        })),
      sendOrder: (about: 'project' | 'filter') =>
        change((now) => ({
          ...now,
          project: about === 'project' ? now.project : null,
          opened: { ...nothing, view: 'send' },
        })),
    }
  }, [navigate])
  const settled = resting.asOf
  const passingBy = useMemo(
    () => ({
      move: (day: string | null) => setPassing({ day, over: resting }),
      rest: () => {
        if (moving === undefined) return
        setPassing(undefined)
        if (moving.day !== resting.asOf) actions.rest(moving.day)
      },
    }),
    [resting, moving, actions],
  )
  return useMemo(
    () => ({ state, settled, ...actions, ...passingBy }),
    [state, settled, actions, passingBy],
  )
}
