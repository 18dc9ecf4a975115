import type { Query, Transaction } from '../db/sql.ts'
import { idText } from '../person/viewer.ts'
import { arrive, climb, entryBody, type Hop, type Rung } from './rules.ts'

/** What stands on the ladder. */
export interface Matter {
  noun: 'issue' | 'dispatch_task'
  rowId: number
}

/** The ladder as it is now, from the top down. */
export async function readRungs(sql: Query): Promise<(Rung & { name: string })[]> {
  return sql<(Rung & { name: string })[]>`
    select id, name, level, parent_id, unit_id, escalate_after_wd from body order by level, id`
}

/** Puts a matter of these units before the lowest body that can decide on it; none: no ladder. */
export async function enterLadder(
  tx: Transaction,
  matter: Matter,
  { units, dueOn, today }: { units: readonly number[]; dueOn: string; today: string },
): Promise<void> {
  const body = entryBody(await readRungs(tx), units)
  if (body) await insertHop(tx, matter, arrive(body, today, later(dueOn, today)))
}

/**
 * Takes a matter past the bodies whose time with it is over, and tells the caller which they are; none
 * where another server did it, or somebody solved it, meanwhile.
 */
export async function climbLadder(
  tx: Transaction,
  matter: Matter,
  today: string,
): Promise<(Hop & { name: string })[]> {
  const at = await lockCurrent(tx, matter)
  if (!at) return []
  const rungs = await readRungs(tx)
  const hops = climb(rungs, at, today)
  let left = at.bodyId
  for (const hop of hops) {
    await leave(tx, matter, left, hop.enteredOn)
    await insertHop(tx, matter, hop)
    left = hop.bodyId
  }
  return hops.map((hop) => ({ ...hop, name: nameOf(rungs, hop.bodyId) }))
}

/** Hands a matter on to the next body before its time; null at the top. Returns the body's name. */
export async function handOn(
  tx: Transaction,
  matter: Matter,
  { dueOn, today }: { dueOn: string; today: string },
): Promise<string | null> {
  const at = await lockCurrent(tx, matter)
  const rungs = await readRungs(tx)
  const here = rungs.find((rung) => rung.id === at?.bodyId)
  const next = rungs.find((rung) => rung.id === here?.parentId)
  if (!at || !next) return null
  await leave(tx, matter, at.bodyId, today)
  await insertHop(tx, matter, arrive(next, today, later(dueOn, today)))
  return next.name
}

/** Gives the body that has a matter its working days again, from a due day that was moved. */
export async function postpone(tx: Transaction, matter: Matter, dueOn: string): Promise<void> {
  const at = await lockCurrent(tx, matter)
  const rung = (await readRungs(tx)).find((one) => one.id === at?.bodyId)
  if (!at || !rung) return
  const { nextOn } = arrive(rung, at.enteredOn, later(dueOn, at.enteredOn))
  await tx`
    update body_item set next_on = greatest(next_on, ${nextOn}::date)
     where noun = ${matter.noun} and row_id = ${matter.rowId} and left_on is null`
}

/** A matter that is settled stands before nobody. */
export async function leaveLadder(tx: Transaction, matter: Matter, today: string): Promise<void> {
  await tx`
    update body_item set left_on = ${today}
     where noun = ${matter.noun} and row_id = ${matter.rowId} and left_on is null`
}

/** People who sit on bodies, chairs first, by the body's id. */
export async function readSitting(
  sql: Query,
  bodies: readonly number[],
  date: string,
): Promise<{ bodyId: number; personId: number }[]> {
  return sql<{ bodyId: number; personId: number }[]>`
    select id as body_id, chair_id as person_id from body
     where id = any(${idText(bodies)}::bigint[]) and chair_id is not null
    union
    select m.body_id, coalesce(m.person_id, g.person_id)
      from body_member m
      left join role_grant g on g.department_id = m.department_id
       and ${date}::date between g.valid_from and coalesce(g.valid_to, 'infinity')
     where m.body_id = any(${idText(bodies)}::bigint[]) and coalesce(m.person_id, g.person_id) is not null`
}

async function lockCurrent(tx: Transaction, { noun, rowId }: Matter): Promise<Hop | undefined> {
  const [row] = await tx<Hop[]>`
    select body_id, entered_on, next_on from body_item
     where noun = ${noun} and row_id = ${rowId} and left_on is null for update`
  return row
}

async function leave(tx: Transaction, matter: Matter, body: number, on: string): Promise<void> {
  await tx`
    update body_item set left_on = ${on}
     where noun = ${matter.noun} and row_id = ${matter.rowId} and body_id = ${body}`
}

async function insertHop(tx: Transaction, { noun, rowId }: Matter, hop: Hop): Promise<void> {
  await tx`
    insert into body_item (noun, row_id, body_id, entered_on, next_on)
    values (${noun}, ${rowId}, ${hop.bodyId}, ${hop.enteredOn}, ${hop.nextOn})`
}

const later = (a: string, b: string) => (a > b ? a : b)
const nameOf = (rungs: readonly (Rung & { name: string })[], id: number) =>
  rungs.find((rung) => rung.id === id)?.name ?? ''
