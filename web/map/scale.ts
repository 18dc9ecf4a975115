/** The one source of what a symbol's outline and size mean, for map, legend and list. */
import type { PositionQuality } from 'api/project/contract'

/** Only a surveyed position counts as verified; every other one is drawn hollow. */
export const verifiedQuality: PositionQuality = 'surveyed'
export const isVerified = (quality: PositionQuality): boolean => quality === verifiedQuality

/** Diameter steps by total investment in 万元: below each bound, and from the last one on. */
export const sizeSteps: readonly { belowWan: number; size: number }[] = [
  { belowWan: 10_000, size: 0.8 },
  { belowWan: 50_000, size: 1 },
  { belowWan: 200_000, size: 1.2 },
  { belowWan: 1_000_000, size: 1.45 },
  { belowWan: Number.POSITIVE_INFINITY, size: 1.75 },
]

/** Relative diameter of a project's symbol; not known (NaN, null) counts as the smallest step. */
export function sizeOf(totalWan: number | null): number {
  const amount = totalWan ?? 0
  return sizeSteps.find((step) => amount < step.belowWan)?.size ?? 0.8
}
