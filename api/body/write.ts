import type { Transaction } from '../db/sql.ts'
import { ApiFailure } from '../http/failure.ts'
import type { LadderInput } from './contract.ts'
import { ladderVersion } from './queries.ts'
import { ladderFaults } from './rules.ts'

type Given = LadderInput['bodies'][number]

/**
 * Puts the ladder as it is given, body by body; what did not change leaves no trace in the history.
 * @throws ApiFailure 422 `LADDER_INVALID` with what is wrong by field; 409 `BODY_CHANGED`, `BODY_IN_USE`.
 */
export async function writeLadder(tx: Transaction, input: LadderInput): Promise<void> {
  const faults = ladderFaults(input.bodies)
  if (faults.length > 0) {
    const message = `协调机构的设置有误：${faults[0]?.message ?? ''}`
    throw new ApiFailure(422, 'LADDER_INVALID', message, faults)
  }
  // One ladder is written at a time: two versions would mix.
  await tx`select pg_advisory_xact_lock(727011)`
  if ((await ladderVersion(tx)) !== input.seen) {
    const message = '协调机构在您修改期间已被别人改过，请重新打开后再改'
    throw new ApiFailure(409, 'BODY_CHANGED', message)
  }
  await removeOthers(tx, new Set(input.bodies.map(({ code }) => code)))
  for (const body of input.bodies.toSorted((a, b) => a.level - b.level)) await put(tx, body)
}

async function removeOthers(tx: Transaction, kept: ReadonlySet<string>): Promise<void> {
  const bodies = await tx<{ id: number; code: string; name: string }[]>`
    select id, code, name from body order by level desc`
  for (const { id, name } of bodies.filter(({ code }) => !kept.has(code))) {
    const [used] = await tx<{ used: boolean }[]>`select body_is_used(${id}) as used`
    if (used?.used) {
      const message = `“${name}”经手过事项，不能删除；可以改名或调整上级`
      throw new ApiFailure(409, 'BODY_IN_USE', message)
    }
    await tx`update body set parent_id = null where parent_id = ${id}`
    await tx`delete from body where id = ${id}`
  }
}

async function put(tx: Transaction, body: Given): Promise<void> {
  const { code, name, level, parentCode, chairId, unitId, cadence } = body
  const { mayClose, mayExtend, mayEscalate, escalateAfterWd } = body
  const [parent] = await tx<{ id: number }[]>`select id from body where code = ${parentCode}`
  const parentId = parent?.id ?? null
  await tx`
    insert into body (code, name, level, parent_id, chair_id, unit_id, cadence, may_close, may_extend,
                      may_escalate, escalate_after_wd)
    values (${code}, ${name}, ${level}, ${parentId}, ${chairId}, ${unitId}, ${cadence}, ${mayClose},
            ${mayExtend}, ${mayEscalate}, ${escalateAfterWd})
    on conflict (code) do update
       set name = excluded.name, level = excluded.level, parent_id = excluded.parent_id,
           chair_id = excluded.chair_id, unit_id = excluded.unit_id, cadence = excluded.cadence,
           may_close = excluded.may_close, may_extend = excluded.may_extend,
           may_escalate = excluded.may_escalate, escalate_after_wd = excluded.escalate_after_wd
     where (body.name, body.level, body.parent_id, body.chair_id, body.unit_id, body.cadence, body.may_close,
            body.may_extend, body.may_escalate, body.escalate_after_wd)
           is distinct from
           (excluded.name, excluded.level, excluded.parent_id, excluded.chair_id, excluded.unit_id,
            excluded.cadence, excluded.may_close, excluded.may_extend, excluded.may_escalate,
            excluded.escalate_after_wd)`
  const [row] = await tx<{ id: number }[]>`select id from body where code = ${code}`
  if (row) await putMembers(tx, row.id, body.members)
}

async function putMembers(tx: Transaction, body: number, members: Given['members']): Promise<void> {
  const wanted = JSON.stringify(
    members.map((one) => ({ person: null, department: null, ...named(one) })),
  )
  const given = tx`jsonb_to_recordset(${wanted}::text::jsonb) as g(person bigint, department bigint)`
  await tx`
    delete from body_member m where body_id = ${body} and not exists (
      select from ${given} where g.person is not distinct from m.person_id
         and g.department is not distinct from m.department_id)`
  await tx`
    insert into body_member (body_id, person_id, department_id)
    select ${body}, g.person, g.department from ${given}
    on conflict do nothing`
}

const named = (member: Given['members'][number]) =>
  'personId' in member ? { person: member.personId } : { department: member.departmentId }
