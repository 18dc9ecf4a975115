/*
 * Who changes colour under another rule, told before it judges: what the asker sees, judged twice.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import { type MapRow, slice } from '../map/derive.ts'
import type { LightState } from './contract.ts'
import type { LightMove, LightPreview, LightRule, PreviewRow } from './rule/contract.ts'
import { judge, lightOf, ruleName } from './rules.ts'

/** So many of those that change are named, by the money of the year; all are counted. */
const mostRows = 500
/** Worst first; between the others nothing is better or worse. */
const ranked: readonly LightState[] = ['red', 'amber', 'stale', 'green']

/** What `rule` would make of rows that another rule has judged. */
export async function previewRule(
  rows: readonly MapRow[],
  rule: LightRule,
  now: { rule: string; date: string },
): Promise<LightPreview> {
  const changed: { row: MapRow; to: LightState; toOriginal: LightState }[] = []
  const moves = { revised: new Map<string, LightMove>(), original: new Map<string, LightMove>() }
  for (const [at, row] of rows.entries()) {
    if (at > 0 && at % slice === 0) await breathe()
    const next = judge(row.fact, row.stage, now.date, rule)
    count(moves.revised, row.light, next.light)
    count(moves.original, row.original.light, next.original.light)
    if (row.light === next.light && row.original.light === next.original.light) continue
    changed.push({ row, to: next.light, toOriginal: next.original.light })
  }
  changed.sort((a, b) => (b.row.fact.annualWan ?? 0) - (a.row.fact.annualWan ?? 0))
  return {
    date: now.date,
    from: now.rule,
    to: ruleName(rule),
    projects: rows.length,
    changed: changed.length,
    revised: [...moves.revised.values()],
    original: [...moves.original.values()],
    units: unitsOf(changed),
    rows: changed.slice(0, mostRows).map(({ row, to, toOriginal }): PreviewRow => {
      const { fact, stage } = row
      return {
        projectId: fact.id,
        name: fact.name,
        unitId: fact.unitId,
        annualWan: fact.annualWan,
        from: row.light,
        to,
        fromOriginal: row.original.light,
        toOriginal,
        reason: lightOf(fact, stage, now.date, rule).reason,
      }
    }),
  }
}

function count(moves: Map<string, LightMove>, from: LightState, to: LightState): void {
  const key = `${from} ${to}`
  const move = moves.get(key) ?? { from, to, projects: 0 }
  moves.set(key, { ...move, projects: move.projects + 1 })
}

function unitsOf(changed: readonly { row: MapRow; to: LightState }[]): LightPreview['units'] {
  const units = new Map<number, LightPreview['units'][number]>()
  for (const { row, to } of changed) {
    const { unitId } = row.fact
    const unit = units.get(unitId) ?? { unitId, changed: 0, worse: 0, better: 0 }
    const by = better(row.light, to)
    unit.changed += 1
    if (by > 0) unit.better += 1
    if (by < 0) unit.worse += 1
    units.set(unitId, unit)
  }
  return [...units.values()].sort((a, b) => b.changed - a.changed || a.unitId - b.unitId)
}

/** Above 0: better; 0 where one of them is no judgement. */
function better(from: LightState, to: LightState): number {
  const [before, after] = [ranked.indexOf(from), ranked.indexOf(to)]
  return before < 0 || after < 0 ? 0 : after - before
}
