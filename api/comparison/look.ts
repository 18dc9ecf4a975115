import type { Transaction } from '../db/sql.ts'

/** Who was away for so long comes back to a new look; shorter breaks belong to the same one. */
const breakHours = 4

/**
 * Notes that somebody looks at the city, and tells when the look before this one ended; null where
 * there was none. A page says so when it opens and now and then while it is seen.
 */
export async function noteLook(tx: Transaction, person: number): Promise<string | null> {
  const [row] = await tx<{ since: string | null }[]>`
    insert into look as l (person_id, last_at) values (${person}, app_now())
    on conflict (person_id) do update
      set since = case when app_now() - l.last_at > make_interval(hours => ${breakHours})
                       then l.last_at else l.since end,
          last_at = greatest(l.last_at, app_now())
    returning since`
  return row?.since ?? null
}
