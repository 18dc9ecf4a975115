import type { Context } from 'hono'
import { realClock } from '../clock.ts'
import type { Sql } from '../db/sql.ts'
import type { Env } from '../env.ts'
import { ApiFailure } from '../http/failure.ts'

type Limits = Pick<Env, 'ONEMAP_LOCK_FAILURES' | 'ONEMAP_LOCK_MINUTES'>

/** Older ones are of no use to anybody. */
const keptDays = 1

/**
 * Counts an attempt before it is looked at, so that many at once are no way around the limit;
 * `forgive` takes it back. A login that nobody has is counted the same.
 * @returns true where this attempt is the last one before the lock.
 * @throws ApiFailure 429 `SIGN_IN_LOCKED`, with Retry-After.
 */
export async function countAttempt(
  c: Context,
  sql: Sql,
  limits: Limits,
  login: string,
  address: string,
): Promise<boolean> {
  const now = realClock.now()
  const lockMs = limits.ONEMAP_LOCK_MINUTES * 60_000
  const since = new Date(now.getTime() - lockMs)
  const [row] = await sql<{ failures: number; at: string }[]>`
    insert into sign_in_failure as f (login, address, failures, at)
    values (${login.toLowerCase()}, ${address}, 1, ${now})
    on conflict (login, address) do update set
      failures = case when f.at < ${since} then 1 else f.failures + 1 end,
      at = case when f.at >= ${since} and f.failures >= ${limits.ONEMAP_LOCK_FAILURES} then f.at
                else ${now} end
    returning failures, at`
  if (!row || row.failures < limits.ONEMAP_LOCK_FAILURES) return false
  if (row.failures === limits.ONEMAP_LOCK_FAILURES) return true
  const seconds = Math.ceil((Date.parse(row.at) + lockMs - now.getTime()) / 1000)
  c.header('Retry-After', String(seconds))
  const message = `失败次数过多，已暂时锁定，请 ${Math.ceil(seconds / 60)} 分钟后再试，或请系统管理员解锁`
  throw new ApiFailure(429, 'SIGN_IN_LOCKED', message)
}

/** After a success: the next failure is the first one again. */
export async function forgive(sql: Sql, login: string, address: string): Promise<void> {
  const old = new Date(realClock.now().getTime() - keptDays * 86_400_000)
  await sql`
    delete from sign_in_failure
     where (login = ${login.toLowerCase()} and address = ${address}) or at < ${old}`
}
