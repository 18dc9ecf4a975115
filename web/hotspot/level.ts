import type { HotspotSite } from 'api/hotspot/contract'

/** How clearly a hot site is beyond chance, 3 the clearest. */
export type Level = 1 | 2 | 3

/** Fixed breaks of the corrected p, the clearest first; a hot site above both is of level 1. */
export const levels: readonly { level: Level; most: number | null }[] = [
  { level: 3, most: 0.001 },
  { level: 2, most: 0.01 },
  { level: 1, most: null },
]

/** 0 where a site is not hot. */
export function levelOf({ state, adjustedP }: Pick<HotspotSite, 'state' | 'adjustedP'>): Level | 0 {
  if (state !== 'hot') return 0
  return levels.find(({ most }) => most === null || (adjustedP ?? 1) <= most)?.level ?? 1
}
