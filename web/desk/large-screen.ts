import { useSyncExternalStore } from 'react'

/** The width from which desk.css enlarges everything by 1.7. */
const query = '(min-width: 3000px)'

/** True on a screen whose pixels are so many that the desk is drawn larger, the map's signs too. */
export function useLargeScreen(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}

function subscribe(onChange: () => void): () => void {
  const media = matchMedia(query)
  media.addEventListener('change', onChange)
  return () => media.removeEventListener('change', onChange)
}
