import type { LightRule } from './contract.ts'

/**
 * The rule that holds until a city stores its own (setting `light_rule`). Never edited: a changed
 * rule is a new version, so that a light of last month can still be explained.
 */
export const ruleV1: LightRule = {
  name: '本市',
  version: 1,
  amberLagPoints: 5,
  redLagPoints: 15,
  amberStartDays: 30,
  redStartDays: 90,
  staleDays: 45,
}
