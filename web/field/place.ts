import type { Position } from 'geo/position'
import { useCallback, useEffect, useState } from 'react'

/** Where this phone is, and how asking for it went. Browsers give WGS 84, which is EPSG:4326. */
export interface Place {
  status: 'unasked' | 'asking' | 'known' | 'denied' | 'failed' | 'unavailable'
  position: Position | null
  accuracyM: number | null
  ask: () => void
}

type Found = Omit<Place, 'ask'>
const nothing: Found = { status: 'unasked', position: null, accuracyM: null }

/**
 * Asks only when the person presses the button, unless permission was given before. Browsers know
 * no position on an insecure page (plain http from another machine): then `unavailable`.
 */
export function usePlace(): Place {
  const [found, setFound] = useState<Found>(() =>
    window.isSecureContext && 'geolocation' in navigator
      ? nothing
      : { ...nothing, status: 'unavailable' },
  )
  const ask = useCallback(() => {
    setFound((now) => ({ ...now, status: 'asking' }))
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        setFound({
          status: 'known',
          position: [coords.longitude, coords.latitude],
          accuracyM: coords.accuracy,
        }),
      (error) =>
        setFound((now) => ({
          ...now,
          status: error.code === error.PERMISSION_DENIED ? 'denied' : 'failed',
        })),
      { enableHighAccuracy: true, maximumAge: 60_000, timeout: 15_000 },
    )
  }, [])
  useEffect(() => {
    if (!window.isSecureContext) return
    let ended = false
    void navigator.permissions?.query({ name: 'geolocation' }).then(
      (permission) => {
        if (!ended && permission.state === 'granted') ask()
      },
      () => {},
    )
    return () => {
      ended = true
    }
  }, [ask])
  return { ...found, ask }
}
