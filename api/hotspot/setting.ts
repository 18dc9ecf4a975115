import { readSetting } from '../db/setting.ts'
import type { Query } from '../db/sql.ts'
import { type HotspotFilter, HotspotRule } from './contract.ts'

/** Why these numbers: geo/README.md, Hotspots. */
export const usualHotspot: HotspotRule = {
  measure: 'lag',
  weighted: false,
  basis: 'cell',
  resolution: 7,
  rings: 1,
  bandKm: 3,
  q: 0.05,
  minimum: 8,
  leastTotal: 30,
  lateFrom: { lag: 5, slip: 30, issue: 1 },
  trend: { periods: 10, p: 0.05 },
}

/**
 * How hotspots are looked for here: the city's own (setting `hotspot_rule`), else the usual; with
 * what a request asks for instead.
 * @throws Error `RULE_INVALID` when the stored rule is damaged.
 */
export async function readHotspotRule(
  sql: Query,
  { measure, weighted, basis, bandKm }: HotspotFilter = {},
): Promise<HotspotRule> {
  const rule = await readSetting(sql, 'hotspot_rule', HotspotRule, usualHotspot)
  return {
    ...rule,
    measure: measure ?? rule.measure,
    weighted: weighted ?? rule.weighted,
    basis: basis ?? rule.basis,
    bandKm: bandKm ?? rule.bandKm,
  }
}
