import { readRungs } from '../body/queries.ts'
import { arrive, climb, entryBody, type Hop, type Rung } from '../body/rules.ts'
import type { Transaction } from '../db/sql.ts'

/** Puts a task about these units before the lowest body that can decide on it; none: no ladder. */
export async function enterLadder(
  tx: Transaction,
  task: number,
  { units, dueOn, today }: { units: readonly number[]; dueOn: string; today: string },
): Promise<void> {
  const body = entryBody(await readRungs(tx), units)
  if (body) await insertHop(tx, task, arrive(body, today, later(dueOn, today)))
}

/**
 * Takes a task past the bodies whose time with it is over, and tells the caller which they are; none
 * where another server did it, or somebody solved it, meanwhile.
 */
export async function climbLadder(
  tx: Transaction,
  task: number,
  today: string,
): Promise<(Hop & { name: string })[]> {
  const at = await lockCurrent(tx, task)
  if (!at) return []
  const rungs = await readRungs(tx)
  const hops = climb(rungs, at, today)
  let left = at.bodyId
  for (const hop of hops) {
    await leave(tx, task, left, hop.enteredOn)
    await insertHop(tx, task, hop)
    left = hop.bodyId
  }
  return hops.map((hop) => ({ ...hop, name: nameOf(rungs, hop.bodyId) }))
}

/** Hands a task on to the next body before its time; null at the top. Returns the body's name. */
export async function handOn(
  tx: Transaction,
  task: number,
  { dueOn, today }: { dueOn: string; today: string },
): Promise<string | null> {
  const at = await lockCurrent(tx, task)
  const rungs = await readRungs(tx)
  const here = rungs.find((rung) => rung.id === at?.bodyId)
  const next = rungs.find((rung) => rung.id === here?.parentId)
  if (!at || !next) return null
  await leave(tx, task, at.bodyId, today)
  await insertHop(tx, task, arrive(next, today, later(dueOn, today)))
  return next.name
}

/** Gives the body that has a task its working days again, from a due day that was moved. */
export async function postpone(tx: Transaction, task: number, dueOn: string): Promise<void> {
  const at = await lockCurrent(tx, task)
  const rung = (await readRungs(tx)).find((one) => one.id === at?.bodyId)
  if (!at || !rung) return
  const { nextOn } = arrive(rung, at.enteredOn, later(dueOn, at.enteredOn))
  await tx`
    update dispatch_task_body set next_on = greatest(next_on, ${nextOn}::date)
     where task_id = ${task} and left_on is null`
}

/** A task that is settled stands before nobody. */
export async function leaveLadder(tx: Transaction, task: number, today: string): Promise<void> {
  await tx`
    update dispatch_task_body set left_on = ${today}
     where task_id = ${task} and left_on is null`
}

async function lockCurrent(tx: Transaction, task: number): Promise<Hop | undefined> {
  const [row] = await tx<Hop[]>`
    select body_id, entered_on, next_on from dispatch_task_body
     where task_id = ${task} and left_on is null for update`
  return row
}

async function leave(tx: Transaction, task: number, body: number, on: string): Promise<void> {
  await tx`
    update dispatch_task_body set left_on = ${on}
     where task_id = ${task} and body_id = ${body}`
}

async function insertHop(tx: Transaction, task: number, hop: Hop): Promise<void> {
  await tx`
    insert into dispatch_task_body (task_id, body_id, entered_on, next_on)
    values (${task}, ${hop.bodyId}, ${hop.enteredOn}, ${hop.nextOn})`
}

const later = (a: string, b: string) => (a > b ? a : b)
const nameOf = (rungs: readonly (Rung & { name: string })[], id: number) =>
  rungs.find((rung) => rung.id === id)?.name ?? ''
