/**
 * Which thing did a pointer mean? Screen distances in CSS pixels; a finger gets a larger circle
 * than a mouse. Several things under one pointer are all returned, nearest first.
 */
export interface Candidate {
  /** Project id, or null for a cluster. */
  id: number | null
  /** Screen position of the symbol's centre. */
  x: number
  y: number
  /** Half of the symbol's own width: inside it the distance counts as zero. */
  radius: number
}

export type PointerKind = 'mouse' | 'touch'

/** Reach around the pointer: a finger's target is 44 px wide. */
export const reach: Record<PointerKind, number> = { mouse: 12, touch: 22 }

/** From the nearest candidate, others this close to it are as likely meant. */
const ambiguity = 8

/** Candidates within reach, nearest first, each id once; empty when nothing is near. */
export function rankCandidates<T extends Candidate>(
  candidates: readonly T[],
  pointer: { x: number; y: number },
  kind: PointerKind,
): T[] {
  const seen = new Set<number>()
  return candidates
    .map((candidate) => ({ candidate, distance: gap(candidate, pointer) }))
    .filter(({ distance }) => distance <= reach[kind])
    .sort(
      (a, b) =>
        a.distance - b.distance || centre(a.candidate, pointer) - centre(b.candidate, pointer),
    )
    .map(({ candidate }) => candidate)
    .filter(({ id }) => id === null || (!seen.has(id) && seen.add(id)))
}

/** The leading candidates that cannot be told apart from the nearest one at this pointer. */
export function meant<T extends Candidate>(ranked: readonly T[], kind: PointerKind): T[] {
  const [nearest] = ranked
  if (!nearest) return []
  const near = kind === 'touch' ? reach.touch : ambiguity
  return ranked.filter((one) =>
    one.id === null ? one === nearest : Math.hypot(one.x - nearest.x, one.y - nearest.y) <= near,
  )
}

const centre = (candidate: Candidate, pointer: { x: number; y: number }) =>
  Math.hypot(candidate.x - pointer.x, candidate.y - pointer.y)

const gap = (candidate: Candidate, pointer: { x: number; y: number }) =>
  Math.max(0, centre(candidate, pointer) - candidate.radius)
