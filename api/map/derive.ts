import { setImmediate as breathe } from 'node:timers/promises'
import type { View } from '../db/as-of.ts'
import type { Database } from '../db/database.ts'
import type { LightRule } from '../light/rule/contract.ts'
import { type Judged, judge } from '../light/rules.ts'
import type { Scope } from '../person/viewer.ts'
import type { Stage } from '../project/contract.ts'
import { type ProjectFact, readFacts } from '../project/facts.ts'
import { stageOf } from '../project/rules.ts'

/** One project of the map: its facts and what the view's date and rule make of them. */
export interface MapRow extends Judged {
  fact: ProjectFact
  stage: Stage
  /** The last change known when the row was read. */
  seq: number
}

/** Rows worked on between two looks at other requests. */
export const slice = 2000

/** The facts of all projects that the scope shows, in order of id. */
export async function readAllFacts(
  db: Pick<Database, 'read'>,
  scope: Scope,
  view: View,
): Promise<ProjectFact[]> {
  // The driver's connection keeps what a transaction returned until its next one, and the driver
  // keeps for ever what the place of a query can see: neither may be a hundred thousand facts.
  const seen: { facts: ProjectFact[] } = { facts: [] }
  await db.read({ personId: null, scope }, async (tx) => {
    await tx`select set_config('statement_timeout', '120s', true)`
    seen.facts = await readFacts(tx, view)
  })
  const { facts } = seen
  seen.facts = []
  return facts
}

/** Judges each project on the view's date; a hundred thousand do not hold up other requests. */
export async function deriveRows(
  facts: readonly ProjectFact[],
  view: View,
  rule: LightRule,
  seq: number,
): Promise<MapRow[]> {
  const rows: MapRow[] = []
  for (const fact of facts) {
    if (rows.length > 0 && rows.length % slice === 0) await breathe()
    const stage = stageOf(fact, view.date)
    rows.push({ fact, stage, seq, ...judge(fact, stage, view.date, rule) })
  }
  return rows
}
