/*
 * Writes prepared facts: what others refer to first, new rows before changed ones.
 */
import type { Transaction } from '../db/sql.ts'
import { isRefused } from './draft.ts'
import { type CreatedIds, type Fact, insertFacts, updateFacts } from './store.ts'
import type { TableSpec } from './tables.ts'

/** Writes the facts of rows that were not refused; returns how many rows it touched. */
export async function writeFacts(
  tx: Transaction,
  facts: readonly Fact[],
  progress: (done: number, total: number) => void,
): Promise<number> {
  const wanted = facts.filter((fact) => !isRefused(fact.draft))
  const specs = new Set<TableSpec>(wanted.map(({ spec }) => spec))
  const created: CreatedIds = new Map()
  let done = 0
  const told = (rows: number) => {
    done += rows
    progress(done, wanted.length)
  }
  for (const spec of specs) {
    const own = wanted.filter((fact) => fact.spec === spec)
    for (const level of levelsOf(own.filter(({ id }) => id === null))) {
      await insertFacts(tx, spec, level, created, told)
    }
    const changed = own.filter(({ id }) => id !== null)
    await updateFacts(tx, spec, changed, created, told)
  }
  return done
}

/** New rows by generation: a parent must exist before the statement that names it. */
function levelsOf(facts: readonly Fact[]): Fact[][] {
  const byCode = new Map(facts.map((fact) => [fact.values['code'], fact]))
  const depths = new Map<Fact, number>()
  const depthOf = (fact: Fact): number => {
    const known = depths.get(fact)
    if (known !== undefined) return known
    depths.set(fact, 0)
    const parent = fact.parentCode === undefined ? undefined : byCode.get(fact.parentCode)
    const depth = parent ? depthOf(parent) + 1 : 0
    depths.set(fact, depth)
    return depth
  }
  const levels: Fact[][] = []
  for (const fact of facts) {
    const depth = depthOf(fact)
    const level = levels[depth]
    if (level) level.push(fact)
    else levels[depth] = [fact]
  }
  return levels.filter((level) => level !== undefined)
}
