import postgres from 'postgres'

/** A connection pool, or the connection of a transaction: both run tagged-template queries. */
export type Sql = postgres.Sql<Types>
export type Transaction = postgres.TransactionSql<Types>
export type Query = Sql | Transaction

type Types = { date: string; timestamptz: string; numeric: number; bigint: number }
type Parsers = { [Name in keyof Types]: postgres.PostgresType<Types[Name]> }

const text = (value: unknown): string => String(value)
const iso = (value: string | Date): string => new Date(value).toISOString()

/** The driver's own pauses grow to 20 s: pages would wait that long after the database is back. */
const RECONNECT_MAX_S = 1

/**
 * On a server a statement ends after 30 s with 57014, since it holds one of few connections, and a
 * transaction that its process has forgotten, or its locks would stay. Our statements are short:
 * compiling them costs more than running them.
 */
const SERVER_SETTINGS = {
  statement_timeout: 30_000,
  idle_in_transaction_session_timeout: 300_000,
  jit: 'off',
}

/** Lifts the limit of a statement's time for one transaction: of migrations, imports, whole maps. */
export async function takeYourTime(tx: Transaction): Promise<void> {
  await tx`select set_config('statement_timeout', '0', true)`
}

/**
 * Rows equal the wire contract: dates stay `YYYY-MM-DD`, instants become ISO strings with Z,
 * numeric and bigint become numbers (our amounts and ids fit in 2^53). Column names become
 * camelCase; keys inside json values are left alone (GeoJSON properties must not be renamed).
 */
export function connect(
  target: string | { socket: string },
  options: { max: number; applicationName: string },
): Sql {
  const config: postgres.Options<Parsers> = {
    max: options.max,
    connection: { application_name: options.applicationName },
    onnotice: () => {},
    connect_timeout: 10,
    backoff: (retries) => Math.min(RECONNECT_MAX_S, 0.05 * 2 ** retries),
    transform: { column: { from: postgres.toCamel } },
    types: {
      date: { to: 1082, from: [1082], serialize: text, parse: text },
      timestamptz: { to: 1184, from: [1184], serialize: iso, parse: iso },
      numeric: { to: 1700, from: [1700], serialize: text, parse: Number },
      bigint: { to: 20, from: [20], serialize: text, parse: Number },
    },
  }
  if (typeof target === 'string') {
    return postgres(target, { ...config, connection: { ...config.connection, ...SERVER_SETTINGS } })
  }
  // The embedded database serves one connection and knows no statement parameters of its own.
  return postgres({
    ...config,
    path: target.socket,
    username: 'postgres',
    database: 'postgres',
    max: 1,
    fetch_types: false,
  })
}
