import { useState } from 'react'
import type { DeskState, Opened } from '../shell/url-state.ts'
import { useMedia } from '../ui/media.ts'

const key = 'agenda-left'

/** As the URL would hold it. */
export const agendaFirst: Opened = {
  view: 'agenda',
  dispatch: null,
  issue: null,
  body: null,
  hotspot: null,
  box: 'all',
}

/**
 * Whether today's decisions stand beside the map though nobody asked for them: the desk was opened
 * without any wish in its address, and they were not closed in this visit. Not where they would
 * cover the map (desk.css), and not on a past day.
 */
export function useAgendaFirst(state: DeskState): [isFirst: boolean, leave: () => void] {
  const [isWanted, setWanted] = useState(
    () => location.search === '' && sessionStorage.getItem(key) === null,
  )
  const hasRoom = useMedia('(min-width: 1001px)')
  const leave = () => {
    sessionStorage.setItem(key, '1')
    setWanted(false)
  }
  const { project, opened, asOf, compare } = state
  const isFree = [project, opened, asOf, compare].every((wish) => wish === null)
  return [isWanted && hasRoom && isFree, leave]
}
