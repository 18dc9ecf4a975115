/*
 * What is wrong with the rings of one polygon, before it goes anywhere near SQL.
 */
import { type Finding, finding } from './finding.ts'
import type { PolygonCoordinates } from './geojson.ts'
import { sideOfRing } from './polygon.ts'
import type { Position } from './position.ts'
import { selfIntersection } from './self-intersection.ts'

/** Shell vertices times holes up to which holes are looked up in the shell. */
const HOLE_BUDGET = 50_000_000

/**
 * Faults of a polygon whose positions are already checked: each ring has four or more positions,
 * is closed and encloses something; no ring meets itself, crosses or overlaps another; each hole
 * lies in the shell. One finding per ring at most, and the topology only once the rings are whole.
 * Left to ST_IsValid: holes inside holes, an interior cut in two, polygons of a MultiPolygon that
 * overlap.
 */
export function polygonFaults(rings: PolygonCoordinates, path: string): Finding[] {
  if (rings.length === 0) return [finding('geometry_empty', path, 'has no ring, expected a shell')]
  const found = rings.flatMap((ring, index) => ringFault(ring, `${path}[${index}]`) ?? [])
  if (found.length > 0) return found
  const meeting = meetingFault(rings, path)
  return meeting ? [meeting] : holeFaults(rings, path)
}

function ringFault(ring: readonly Position[], path: string): Finding | undefined {
  const first = ring[0]
  const last = ring.at(-1)
  if (!first || !last || ring.length < 4) {
    return finding('ring_too_short', path, `has ${ring.length} positions, expected 4 or more`)
  }
  if (first[0] !== last[0] || first[1] !== last[1]) {
    return finding(
      'ring_not_closed',
      path,
      `ends at [${last}], expected it to end where it starts, at [${first}]`,
    )
  }
  if (isFlat(ring, first)) {
    return finding(
      'ring_flat',
      path,
      `lies on one line at [${first}], expected it to enclose an area`,
    )
  }
  return undefined
}

/** Whether all positions are on one line through the first (to rounding). */
function isFlat(ring: readonly Position[], first: Position): boolean {
  const away = ring.find((at) => at[0] !== first[0] || at[1] !== first[1])
  if (!away) return true
  const alongX = away[0] - first[0]
  const alongY = away[1] - first[1]
  return ring.every((at) => alongX * (at[1] - first[1]) === alongY * (at[0] - first[0]))
}

function meetingFault(rings: PolygonCoordinates, path: string): Finding | undefined {
  const meeting = selfIntersection(rings)
  if (!meeting) return undefined
  if (meeting.kind === 'over-budget') {
    return finding(
      'polygon_too_complex',
      path,
      `needs more than ${meeting.comparisons} comparisons of its edges, expected a simpler outline`,
    )
  }
  const { one, other } = meeting
  const near = rings[other.ring]?.[other.vertex]
  if (one.ring !== other.ring) {
    return finding(
      'rings_cross',
      `${path}[${other.ring}]`,
      `crosses ring ${one.ring} between vertices ${other.vertex} and ${other.vertex + 1} at [${near}], expected holes inside the shell and apart`,
    )
  }
  return finding(
    'ring_self_intersects',
    `${path}[${one.ring}]`,
    `meets itself where the edge from vertex ${one.vertex} and the edge from vertex ${other.vertex} at [${near}] touch, expected a ring that does not`,
  )
}

function holeFaults(rings: PolygonCoordinates, path: string): Finding[] {
  const [shell, ...holes] = rings
  if (!shell) return []
  if (shell.length * holes.length > HOLE_BUDGET) {
    return [
      finding(
        'polygon_too_complex',
        path,
        `has ${holes.length} holes in a shell of ${shell.length} vertices, expected a simpler outline`,
      ),
    ]
  }
  return holes.flatMap((hole, index) => {
    const stray = hole.find((at) => sideOfRing(at, shell) !== 'boundary')
    if (!stray || sideOfRing(stray, shell) === 'inside') return []
    return [
      finding(
        'hole_outside',
        `${path}[${index + 1}]`,
        `is outside the shell at [${stray}], expected a hole inside it`,
      ),
    ]
  })
}
