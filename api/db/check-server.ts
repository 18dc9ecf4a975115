import { within } from '../patience.ts'
import type { Sql } from './sql.ts'

/** The driver gives up on a silent address after 10 s, and never on one that hangs up each time. */
const PATIENCE_MS = 15_000

interface Server {
  version: number
  encoding: string
  available: boolean
  installed: boolean
  readOnly: boolean
  schema: string | null
  mayCreate: boolean
  role: string
}

/**
 * Whether the database can be used at all, before anything is written to it.
 * @param where names the database in messages, without its password.
 * @throws Error `DATABASE_UNREACHABLE`, `POSTGRES_TOO_OLD`, `DATABASE_ENCODING`,
 * `DATABASE_READ_ONLY`, `DATABASE_FORBIDDEN`, `POSTGIS_MISSING` or `POSTGIS_FORBIDDEN`.
 */
export async function checkServer(
  sql: Sql,
  where: string,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const server = await ask(sql, where, patienceMs)
  if (server.version < 150000) {
    throw new Error(
      `POSTGRES_TOO_OLD: ${where} runs PostgreSQL ${Math.floor(server.version / 10000)}; version 15 or newer is needed`,
    )
  }
  if (server.encoding !== 'UTF8') {
    throw new Error(
      `DATABASE_ENCODING: ${where} stores text as ${server.encoding}; create it with ENCODING 'UTF8'`,
    )
  }
  if (server.readOnly) {
    throw new Error(
      `DATABASE_READ_ONLY: ${where} takes no writes (a replica, or default_transaction_read_only); set DATABASE_URL to the primary`,
    )
  }
  if (!server.mayCreate) {
    throw new Error(
      `DATABASE_FORBIDDEN: role ${server.role} may not create tables in ${where}; let the owner run: GRANT CREATE ON SCHEMA ${server.schema ?? 'public'} TO "${server.role}"`,
    )
  }
  if (!server.installed) await install(sql, where, server)
}

async function ask(sql: Sql, where: string, patienceMs: number): Promise<Server> {
  const question = sql<Server[]>`
    select current_setting('server_version_num')::int as version,
           current_setting('server_encoding') as encoding,
           exists (select from pg_available_extensions where name = 'postgis') as available,
           exists (select from pg_extension where extname = 'postgis') as installed,
           current_setting('transaction_read_only') = 'on' as read_only,
           current_schema() as schema,
           coalesce(has_schema_privilege(current_schema(), 'create'), false) as may_create,
           current_user as role`
  try {
    const [server] = await within(question, patienceMs, () => {
      throw new Error(`no answer of a PostgreSQL within ${patienceMs / 1000} s`)
    })
    if (server) return server
    throw new Error('an empty answer')
  } catch (error) {
    const { message, code } = error as Error & { code?: string }
    throw new Error(
      `DATABASE_UNREACHABLE: ${where}: ${message || code}; check DATABASE_URL (host, port, name, user, password) and that PostgreSQL runs`,
      { cause: error },
    )
  }
}

/** Where the role may not, the owner of the server has to: said before a migration fails on it. */
async function install(sql: Sql, where: string, server: Server): Promise<void> {
  if (!server.available) {
    throw new Error(
      `POSTGIS_MISSING: ${where} has no PostGIS; install it on the server (Debian: postgresql-${Math.floor(server.version / 10000)}-postgis-3)`,
    )
  }
  await sql`create extension if not exists postgis`.catch((error: Error & { code?: string }) => {
    // Anything else, as another server installing it at this moment, is for the migration to meet.
    if (error.code === '53100') throw error
    if (error.code !== '42501') return
    throw new Error(
      `POSTGIS_FORBIDDEN: role ${server.role} may not add PostGIS to ${where}; let a superuser run there: CREATE EXTENSION postgis`,
    )
  })
}
