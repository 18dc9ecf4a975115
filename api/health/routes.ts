import { Hono } from 'hono'
import type { Deps } from '../deps.ts'

const patience = 3000

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
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(
      () => resolve(`DATABASE_SLOW: no answer within ${patience / 1000} s`),
      patience,
    )
  })
  const answer = query.then(
    (rows) => (rows.length > 0 ? null : 'MIGRATION_MISSING: the schema is empty'),
    (error: Error & { code?: string }) => `DATABASE_UNREACHABLE: ${error.code ?? error.message}`,
  )
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
