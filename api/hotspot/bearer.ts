import { addDays } from '../calendar/days.ts'
import { factTable, type View } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import { type Court, readCourts } from '../holder/claims.ts'
import { spansOf } from '../holder/rules.ts'
import { isOpenIn, type Measured } from './measure.ts'
import type { Trait } from './trait.ts'

/** By project's id. */
export interface Borne {
  traits: ReadonlyMap<number, readonly Trait[]>
  /** Who has the ball at the end of the day; none of a project that has ended. */
  holders: ReadonlyMap<number, string>
}

/**
 * What projects may share, by id: the causes of the last report and of open issues, who has the ball,
 * the leading department, the owner, the step that is due. Reporting units are no trait: they are the
 * place itself.
 */
export async function readBearers(
  sql: Query,
  view: View,
  measured: readonly Measured[],
): Promise<Borne> {
  const traits = new Map<number, Trait[]>(
    measured.map(({ fact }) => [fact.id, ofFact(fact.ownerEnterprise)]),
  )
  const add = (id: number, kind: Trait['kind'], name: string) =>
    traits.get(id)?.push({ kind, name })
  for (const { id, name } of await readCauses(sql, view)) add(id, 'cause', name)
  for (const { id, name } of await readDepartments(sql, view)) add(id, 'department', name)
  const holders = new Map<number, string>()
  for (const court of await readCourts(sql, view, {})) {
    for (const { kind, name } of ofCourt(court)) add(court.projectId, kind, name)
    const holder = holderOf(court)
    if (holder) holders.set(court.projectId, holder.name)
  }
  return { traits, holders }
}

const ofFact = (enterprise: string | null): Trait[] =>
  enterprise === null ? [] : [{ kind: 'enterprise', name: enterprise }]

function holderOf({ claims, to, hasEnded, otherwise }: Court) {
  return hasEnded ? undefined : spansOf(claims, to, addDays(to, 1), otherwise)[0]?.holder
}

function ofCourt(court: Court): Trait[] {
  const { claims, to, hasEnded } = court
  if (hasEnded) return []
  const holder = holderOf(court)
  const step = claims.find(
    (claim) => claim.by === 'step' && claim.from <= to && (claim.to === null || claim.to > to),
  )
  return [
    // An owner that has the ball is a trait already: the owner.
    ...(holder && holder.kind !== 'unit' && holder.kind !== 'enterprise'
      ? [{ kind: 'holder' as const, name: holder.name }]
      : []),
    ...(step ? [{ kind: 'step' as const, name: step.what }] : []),
  ]
}

type Named = { id: number; name: string }

/** By the city's own names; what is no cause of the list stays as it was written. */
function readCauses(sql: Query, view: View): Promise<Named[]> {
  return sql<Named[]>`
    with told as (
      select distinct on (project_id) project_id, cause
        from ${factTable(sql, 'report', view.asOf)} t
       where status in ('submitted', 'verified') and month <= ${view.date}::date
       order by project_id, month desc
    )
    select w.project_id as id, coalesce(c.name, w.cause) as name
      from (select project_id, cause from told
            union select i.project_id, i.cause from issue i
             where i.project_id is not null and ${isOpenIn(sql, view)}) w
      left join cause c on c.code = w.cause
     where w.cause is not null`
}

const readDepartments = (sql: Query, view: View): Promise<Named[]> => sql<Named[]>`
  select id, lead_department as name from ${factTable(sql, 'project', view.asOf)} t
   where lead_department is not null`
