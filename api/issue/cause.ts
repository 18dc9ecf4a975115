import type { Query, Transaction } from '../db/sql.ts'
import { fieldFailure } from '../http/failure.ts'
import type { Cause, CauseInput } from './contract.ts'

/** The causes in the city's own order. */
export async function listCauses(sql: Query): Promise<Cause[]> {
  return sql<Cause[]>`
    select code, name, parent, active, ordinal from cause order by ordinal, id`
}

/** Code of the cause that has this code or name; null: none, free words stay free. */
export async function causeOf(sql: Query, text: string): Promise<string | null> {
  const [row] = await sql<{ code: string }[]>`
    select code from cause where code = ${text} or name = ${text} limit 1`
  return row?.code ?? null
}

/** @throws ApiFailure 422 `CAUSE_UNKNOWN`. */
export async function knownCause(tx: Transaction, text: string): Promise<string> {
  const code = await causeOf(tx, text)
  if (code !== null) return code
  const message = `没有“${text}”这个卡点原因，请从原因清单里选`
  throw fieldFailure(422, 'CAUSE_UNKNOWN', message, 'cause', text)
}

/**
 * Makes a cause, or changes the one of this code; what is left out stays.
 * @throws ApiFailure 422 `CAUSE_UNKNOWN` for a wider cause that is none, `CAUSE_CIRCLE`.
 */
export async function setCause(tx: Transaction, input: CauseInput): Promise<Cause> {
  const { code, parent } = input
  await tx`select pg_advisory_xact_lock(${CAUSE_LOCK})`
  if (parent) await checkParent(tx, code, parent)
  const [saved] = await tx<Cause[]>`
    insert into cause (code, name, parent, active, ordinal)
    values (${code}, ${input.name}, ${parent ?? null}, ${input.active ?? true},
            ${input.ordinal ?? 0})
    on conflict (code) do update
       set name = excluded.name,
           parent = ${parent === undefined ? tx`cause.parent` : tx`excluded.parent`},
           active = ${input.active === undefined ? tx`cause.active` : tx`excluded.active`},
           ordinal = ${input.ordinal === undefined ? tx`cause.ordinal` : tx`excluded.ordinal`}
    returning code, name, parent, active, ordinal`
  return saved as Cause
}

/** Two that put causes under each other would else make a circle. */
const CAUSE_LOCK = 727009

async function checkParent(tx: Transaction, code: string, parent: string): Promise<void> {
  const above = await tx<{ code: string }[]>`
    with recursive up as (
      select code, parent from cause where code = ${parent}
      union select c.code, c.parent from cause c join up on c.code = up.parent)
    select code from up`
  if (above.length === 0) {
    throw fieldFailure(422, 'CAUSE_UNKNOWN', `没有编码为 ${parent} 的原因`, 'parent', parent)
  }
  if (above.some((one) => one.code === code)) {
    const message = `原因 ${parent} 在 ${code} 之下，不能再作它的上级`
    throw fieldFailure(422, 'CAUSE_CIRCLE', message, 'parent', parent)
  }
}
