/*
 * A change of staff: everything that a person answers for goes to another, in one transaction. What a
 * noun has to move it adds to `steps`.
 */
import { bodyHandover } from '../body/handover.ts'
import type { Transaction } from '../db/sql.ts'
import { dispatchHandover } from '../dispatch/handover.ts'
import { fieldFailure } from '../http/failure.ts'
import { issueHandover } from '../issue/handover.ts'
import type { GrantInput, HandoverResult } from './contract.ts'
import type { HandoverStep, Move } from './handover-step.ts'
import { insertGrant, lockPerson, refuseTogether } from './write.ts'

const steps: readonly HandoverStep[] = [
  { noun: 'role_grant', name: '角色', move: moveGrants },
  { noun: 'deputy', name: '代理', move: endDeputies },
  { noun: 'project_person', name: '项目', move: moveProjects },
  issueHandover,
  dispatchHandover,
  bodyHandover,
]

/**
 * @throws ApiFailure 404 `ACCOUNT_NOT_FOUND`; 422 `HANDOVER_SELF`, `PERSON_UNKNOWN`.
 */
export async function handOver(tx: Transaction, move: Move): Promise<HandoverResult> {
  if (move.from === move.to) {
    throw fieldFailure(422, 'HANDOVER_SELF', '接手的人不能是本人', 'toPersonId', move.to)
  }
  await lockPerson(tx, move.from)
  const [taker] = await tx`
    select from person where id = ${move.to} and kind = 'person' and disabled_at is null for update`
  const message = `没有编号为 ${move.to} 的人员，或已停用`
  if (!taker) throw fieldFailure(422, 'PERSON_UNKNOWN', message, 'toPersonId', move.to)
  const moved: HandoverResult['moved'] = []
  for (const { noun, name, move: take } of steps) {
    moved.push({ noun, name, count: await take(tx, move) })
  }
  return { moved }
}

/**
 * Rights of today and later: they end with the day before, and begin with the day for the other.
 * @throws ApiFailure 422 `GRANTS_APART`.
 */
async function moveGrants(tx: Transaction, { from, to, day }: Move): Promise<number> {
  const grants = await tx<({ id: number } & GrantInput)[]>`
    select id, role, scope, unit_id, park_id, department_id, valid_from, valid_to
      from role_grant where person_id = ${from} and coalesce(valid_to, 'infinity') >= ${day}::date
     order by id`
  for (const grant of grants) {
    await tx`delete from role_grant where id = ${grant.id} and valid_from >= ${day}::date`
    await tx`update role_grant set valid_to = ${day}::date - 1 where id = ${grant.id}`
    const { id: _, ...right } = grant
    const validFrom = right.validFrom > day ? right.validFrom : day
    await insertGrant(tx, to, { ...right, validFrom })
  }
  const held = await tx<{ role: string }[]>`
    select distinct role from role_grant
     where person_id = ${to} and coalesce(valid_to, 'infinity') >= ${day}::date`
  refuseTogether(held.map(({ role }) => role))
  return grants.length
}

/** Nobody stands in for who has gone, nor the other way round. */
async function endDeputies(tx: Transaction, { from, day }: Move): Promise<number> {
  const mine = tx`(person_id = ${from} or for_person_id = ${from}) and valid_to >= ${day}::date`
  const gone = await tx`delete from deputy where ${mine} and valid_from >= ${day}::date`
  const ended = await tx`update deputy set valid_to = ${day}::date - 1 where ${mine}`
  return gone.count + ended.count
}

async function moveProjects(tx: Transaction, { from, to }: Move): Promise<number> {
  const double = await tx`
    delete from project_person p where p.person_id = ${from}
       and exists (select from project_person o
                    where o.project_id = p.project_id and o.duty = p.duty and o.person_id = ${to})`
  const moved = await tx`update project_person set person_id = ${to} where person_id = ${from}`
  return double.count + moved.count
}
