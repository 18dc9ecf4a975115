import type { View } from '../db/as-of.ts'
import type { Database } from '../db/database.ts'
import { readRule } from '../light/rule/book.ts'
import { ruleName } from '../light/rules.ts'
import type { MapSnapshot } from './contract.ts'
import { type MapStore, terms } from './store.ts'

/** What stands above the columns of a snapshot of a past instant. */
export async function pastHead(
  db: Pick<Database, 'sql'>,
  store: MapStore,
  view: View,
  asOf: string,
): Promise<Omit<MapSnapshot, 'words' | 'columns'>> {
  const rule = await readRule(db.sql, view)
  const seq = store.live.seq
  const { date, year } = view
  const version = `${seq}${terms(view, rule, store.scope)}@${asOf}`
  return { version, seq, partial: false, asOf, date, year, rule: ruleName(rule), gone: [] }
}
