import { addDays } from '../calendar/days.ts'
import { viewOf } from '../city/view.ts'
import { chinaDate } from '../clock.ts'
import type { Database } from '../db/database.ts'
import { keep, lastKept } from './kept.ts'
import { readHotspots } from './queries.ts'
import { readHotspotRule } from './setting.ts'

/** A run that makes up for a long silence leaves the rest to the next minute's. */
const mostDays = 5

/**
 * Keeps the whole city's hotspots of each day that has ended, as they were known at its end, by the
 * rule of now; the first time yesterday's.
 */
export async function keepHotspots(db: Database, now: Date): Promise<void> {
  const yesterday = addDays(chinaDate(now), -1)
  const last = await lastKept(db.sql)
  let day = last === null ? yesterday : addDays(last, 1)
  for (let kept = 0; day <= yesterday && kept < mostDays; kept++) {
    const view = await viewOf(db, day)
    const write: Parameters<Database['transact']>[1] = async (tx) => {
      await keep(tx, await readHotspots(tx, view, await readHotspotRule(tx), true))
    }
    await db.transact({ actor: '系统', reason: '每日热点' }, write, now)
    day = addDays(day, 1)
  }
}
