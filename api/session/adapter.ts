/*
 * better-auth's tables through our own driver: each call is one statement of its own, so that the one
 * connection of the embedded database is never waited for inside a transaction. Tokens of sessions
 * are stored as their SHA-256 only.
 */
import { createHash } from 'node:crypto'
import { type CleanedWhere, type CustomAdapter, createAdapterFactory } from 'better-auth/adapters'
import postgres from 'postgres'
import type { Sql } from '../db/sql.ts'

type Row = Record<string, unknown>
interface Of {
  model: string
}
interface Where extends Of {
  where: CleanedWhere[]
}
interface FindMany extends Of {
  where?: CleanedWhere[]
  limit: number
  sortBy?: { field: string; direction: 'asc' | 'desc' }
  offset?: number
}
interface Increment extends Where {
  increment: Record<string, number>
  set?: Row
}

export const hashToken = (token: string): string =>
  createHash('sha256').update(token).digest('base64url')

/** better-auth's `database` over `sql`. */
export const adapterOn = (sql: Sql) =>
  createAdapterFactory({
    config: {
      adapterId: 'onemap',
      // The driver gives and takes instants as text.
      supportsDates: false,
      disableIdGeneration: true,
      transaction: false,
    },
    adapter: () => ({ ...reading(sql), ...writing(sql) }) as CustomAdapter,
  })

const isToken = (model: string, field: string) => model === 'auth_session' && field === 'token'
const hashed = (model: string, field: string, value: unknown) =>
  isToken(model, field) && typeof value === 'string' ? hashToken(value) : value

/** Who asked by a token goes on with that token, not with its hash. */
function asAsked({ model, where }: Where, row: Row | undefined): Row | null {
  const asked = where.find(({ field }) => isToken(model, field))
  return row && asked ? { ...row, token: asked.value } : (row ?? null)
}

function reading(sql: Sql) {
  return {
    findOne: async (query: Where) => {
      const [row] = await sql<Row[]>`
        select * from ${sql(query.model)} ${conditions(sql, query)} limit 1`
      return asAsked(query, row)
    },
    findMany: async ({ model, where = [], limit, sortBy, offset }: FindMany) => {
      const order = sortBy
        ? sql`order by ${column(sql, sortBy.field)} ${sortBy.direction === 'desc' ? sql`desc` : sql`asc`}`
        : sql``
      return sql<Row[]>`
        select * from ${sql(model)} ${conditions(sql, { model, where })} ${order}
         limit ${limit} offset ${offset ?? 0}`
    },
    count: async ({ model, where = [] }: Of & Partial<Where>) => {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::int as count from ${sql(model)} ${conditions(sql, { model, where })}`
      return row?.count ?? 0
    },
  }
}

function writing(sql: Sql) {
  const stored = (model: string, data: Row) =>
    sql(
      Object.fromEntries(
        Object.entries(data).map(([field, value]) => [
          postgres.fromCamel(field),
          hashed(model, field, value),
        ]),
      ),
    )
  return {
    create: async ({ model, data }: Of & { data: Row }) => {
      const [row] = await sql<Row[]>`insert into ${sql(model)} ${stored(model, data)} returning *`
      return model === 'auth_session' ? { ...row, token: data['token'] } : row
    },
    update: async (query: Where & { update: Row }) => {
      const [row] = await sql<Row[]>`
        update ${sql(query.model)} set ${stored(query.model, query.update)} ${conditions(sql, query)}
        returning *`
      return asAsked(query, row)
    },
    updateMany: async (query: Where & { update: Row }) => {
      const { count } = await sql`
        update ${sql(query.model)} set ${stored(query.model, query.update)} ${conditions(sql, query)}`
      return count
    },
    delete: async (query: Where) => {
      await sql`delete from ${sql(query.model)} ${conditions(sql, query)}`
    },
    deleteMany: async (query: Where) => {
      const { count } = await sql`delete from ${sql(query.model)} ${conditions(sql, query)}`
      return count
    },
    consumeOne: async (query: Where) => {
      const [row] = await sql<Row[]>`
        delete from ${sql(query.model)} where id = (
          select id from ${sql(query.model)} ${conditions(sql, query)} limit 1 for update skip locked)
        returning *`
      return asAsked(query, row)
    },
    incrementOne: async ({ increment, set = {}, ...query }: Increment) => {
      const changes = [
        ...Object.entries(increment).map(([field, by]) => {
          const name = column(sql, field)
          return sql`${name} = ${name} + ${by}`
        }),
        ...Object.entries(set).map(
          ([field, value]) => sql`${column(sql, field)} = ${value as string | null}`,
        ),
      ].reduce((all, one) => sql`${all}, ${one}`)
      const [row] = await sql<Row[]>`
        update ${sql(query.model)} set ${changes} ${conditions(sql, query)} returning *`
      return asAsked(query, row)
    },
  }
}

const column = (sql: Sql, field: string) => sql(postgres.fromCamel(field))

function conditions(sql: Sql, { model, where }: Where) {
  return where.reduce((all, clause, index) => {
    const one = condition(sql, model, clause)
    if (index === 0) return sql`where ${one}`
    return clause.connector === 'OR' ? sql`${all} or ${one}` : sql`${all} and ${one}`
  }, sql``)
}

function condition(sql: Sql, model: string, { field, operator, value }: CleanedWhere) {
  const name = column(sql, field)
  if (value === null) return operator === 'ne' ? sql`${name} is not null` : sql`${name} is null`
  const given = hashed(model, field, value) as string
  switch (operator) {
    case 'eq':
      return sql`${name} = ${given}`
    case 'ne':
      return sql`${name} <> ${given}`
    case 'lt':
      return sql`${name} < ${given}`
    case 'lte':
      return sql`${name} <= ${given}`
    case 'gt':
      return sql`${name} > ${given}`
    case 'gte':
      return sql`${name} >= ${given}`
    case 'in':
      return sql`${name} in ${sql(value as string[])}`
    default:
      throw new Error(`AUTH_QUERY: better-auth asks for "${operator}", which nothing here needs`)
  }
}
