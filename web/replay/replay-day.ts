import type { MapSnapshot } from 'api/map/contract'
import type { MapReplay, ReplayDay } from 'api/map/replay/contract'

type Columns = Record<string, readonly unknown[]>

/** Days between two snapshots that are kept whole: so many deltas are applied at most. */
const stride = 32
const kept = new WeakMap<MapReplay, Map<number, MapSnapshot>>()

/**
 * The map of a day of the replay, null where the day is none of its days. Columns that a day does not
 * change are those of the day before, the very same arrays.
 */
export function snapshotOfDay(replay: MapReplay, day: string): MapSnapshot | null {
  const index = Math.round((Date.parse(day) - Date.parse(replay.from)) / 86_400_000)
  if (index < 0 || index > replay.days.length) return null
  const whole = kept.get(replay) ?? new Map([[0, replay.base]])
  kept.set(replay, whole)
  let at = Math.floor(index / stride) * stride
  while (at > 0 && !whole.has(at)) at -= stride
  let snapshot = whole.get(at) ?? replay.base
  for (; at < index; at += 1) {
    const delta = replay.days[at]
    if (delta) snapshot = applied(snapshot, delta)
    if ((at + 1) % stride === 0) whole.set(at + 1, snapshot)
  }
  return snapshot
}

function applied(before: MapSnapshot, day: ReplayDay): MapSnapshot {
  const { head } = day
  const held = placeOf(before.columns.id)
  const isNew = day.id.some((id) => !held.has(id))
  const columns =
    isNew || head.gone.length > 0 ? withOtherRows(before, day) : { ...(before.columns as Columns) }
  const place = placeOf(columns['id'] as number[])
  for (const [name, [at, values]] of Object.entries(day.columns)) {
    const column = [...(columns[name] ?? [])]
    values.forEach((value, n) => {
      const row = place.get(day.id[at ? (at[n] ?? -1) : n] ?? -1)
      if (row !== undefined) column[row] = value
    })
    columns[name] = column
  }
  return { ...head, gone: [], words: before.words, columns: columns as MapSnapshot['columns'] }
}

/** The columns with the rows that a day leaves, in order of id; new ones are still to be filled. */
function withOtherRows({ columns }: MapSnapshot, day: ReplayDay): Columns {
  const gone = new Set(day.head.gone)
  const held = placeOf(columns.id)
  const ids = [...new Set([...columns.id, ...day.id])].filter((id) => !gone.has(id))
  const rows = ids.sort((a, b) => a - b).map((id) => held.get(id) ?? -1)
  const moved = Object.entries(columns as Columns).map(([name, column]) => [
    name,
    rows.map((row) => column[row]),
  ])
  return { ...Object.fromEntries(moved), id: ids }
}

const places = new WeakMap<readonly number[], Map<number, number>>()

function placeOf(ids: readonly number[]): Map<number, number> {
  const known = places.get(ids) ?? new Map(ids.map((id, row) => [id, row]))
  places.set(ids, known)
  return known
}
