import { chinaDate } from '../clock.ts'
import { factTable, type View } from '../db/as-of.ts'
import type { Database } from '../db/database.ts'
import { fieldFailure } from '../http/failure.ts'

/**
 * The state that a request asks for. `asOf` a date means the end of that day in China, today's date
 * and no `asOf` mean now. The plan year is that of the date, or the latest earlier one with a list.
 * @throws ApiFailure 400 `AS_OF_FUTURE`.
 */
export async function viewOf(db: Pick<Database, 'sql' | 'clock'>, asOf?: string): Promise<View> {
  const now = db.clock.now()
  const today = chinaDate(now)
  const at = asOf === undefined || asOf === today ? null : instantOf(asOf)
  if (at !== null && at.getTime() > now.getTime()) {
    throw fieldFailure(400, 'AS_OF_FUTURE', `${asOf} 还没有到，现在是 ${today}`, 'asOf', asOf)
  }
  const date = at === null ? today : chinaDate(at)
  const iso = at?.toISOString() ?? null
  const [plan] = await db.sql<{ year: number | null }[]>`
    select max(year) as year from ${factTable(db.sql, 'plan', iso)} t
     where year <= ${Number(date.slice(0, 4))}`
  return { asOf: iso, date, year: plan?.year ?? Number(date.slice(0, 4)) }
}

function instantOf(asOf: string): Date {
  return new Date(/^\d{4}-\d{2}-\d{2}$/.test(asOf) ? `${asOf}T23:59:59.999+08:00` : asOf)
}
