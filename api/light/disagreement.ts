/*
 * 绿皮红心: what is reported well and proved badly, the most money first.
 */
import type { MapRow } from '../map/derive.ts'
import type { Disagreements } from './contract.ts'
import type { LightRule } from './rule/contract.ts'
import { lightOf, lightsOf, ruleName } from './rules.ts'

/** So many are listed; all are counted. */
const mostRows = 500

export function disagreementsOf(
  rows: readonly MapRow[],
  rule: LightRule,
  date: string,
): Disagreements {
  const found = rows.filter(({ disagrees }) => disagrees)
  const judged = rows.filter(({ light }) => light !== 'none' && light !== 'stale')
  const wan = ({ fact }: MapRow) => fact.annualWan ?? fact.totalWan ?? 0
  found.sort((a, b) => wan(b) - wan(a) || a.fact.id - b.fact.id)
  return {
    date,
    rule: ruleName(rule),
    judged: judged.length,
    total: found.length,
    rows: found.slice(0, mostRows).map(({ fact, stage }) => {
      const { evidence } = lightsOf(fact, stage, date, rule)
      return {
        projectId: fact.id,
        code: fact.code,
        name: fact.name,
        unitId: fact.unitId,
        parkId: fact.parkId,
        annualWan: fact.annualWan,
        totalWan: fact.totalWan,
        light: lightOf(fact, stage, date, rule),
        evidence,
      }
    }),
  }
}
