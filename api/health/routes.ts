import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { within } from '../patience.ts'

const patienceMs = 3000

/** For whoever supervises the process: `live` = it runs, `ready` = the database answers too. */
export const healthRoutes = ({ db }: Deps) =>
  new Hono()
    .get('/live', (c) => c.json({ status: 'live' }, 200))
    .get('/ready', async (c) => {
      const reason = await unready(db.sql`select name from migration limit 1`)
      if (reason === null) return c.json({ status: 'ready', database: db.kind }, 200)
      c.header('Retry-After', '2')
      return c.json({ status: 'not ready', reason }, 503)
    })

async function unready(query: Promise<readonly unknown[]>): Promise<string | null> {
  const answer = query.then(
    (rows) => (rows.length > 0 ? null : 'MIGRATION_MISSING: the schema is empty'),
    (error: Error & { code?: string }) => `DATABASE_UNREACHABLE: ${error.code ?? error.message}`,
  )
  return within<string | null>(
    answer,
    patienceMs,
    () => `DATABASE_SLOW: no answer within ${patienceMs / 1000} s`,
  )
}
