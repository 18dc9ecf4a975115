import type { View } from '../db/as-of.ts'
import type { Deps } from '../deps.ts'
import { readRule } from '../light/rule/book.ts'
import type { Scope } from '../person/viewer.ts'
import { deriveRows, type MapRow, readAllFacts } from './derive.ts'
import { mapStore } from './store.ts'

/**
 * All projects that a scope shows in a view, judged: those of now as they are held for the map, those
 * of a past day read. Not inside a transaction: the embedded database has one connection.
 * @throws ApiFailure 503 `LIVE_OFF`.
 */
export async function rowsIn(
  deps: Pick<Deps, 'db' | 'live'>,
  scope: Scope,
  view: View,
): Promise<readonly MapRow[]> {
  if (view.asOf === null) return (await mapStore(deps, scope).current()).rows
  const facts = await readAllFacts(deps.db, scope, view)
  return deriveRows(facts, view, await readRule(deps.db.sql, view), 0)
}
