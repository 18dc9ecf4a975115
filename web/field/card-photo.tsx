import { PhotoStrip } from '../photo/photo-strip.tsx'
import type { Taken } from '../photo/upload.ts'

/** So long a position is waited for: a photo is sent without one rather than not at all. */
const patienceMs = 5000

/** Photos of a project, and one more taken on the spot, with the place where it was taken. */
export default function CardPhoto({ project }: { project: number }) {
  return <PhotoStrip of={{ noun: 'project', rowId: project }} editable camera taken={whereTaken} />
}

function whereTaken(): Promise<Taken> {
  return new Promise((resolve) => {
    if (!('geolocation' in navigator)) return resolve({})
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) =>
        resolve({
          takenAt: new Date(timestamp).toISOString(),
          location: { type: 'Point', coordinates: [coords.longitude, coords.latitude] },
          accuracyM: coords.accuracy,
        }),
      () => resolve({}),
      { enableHighAccuracy: true, timeout: patienceMs, maximumAge: 60_000 },
    )
  })
}
