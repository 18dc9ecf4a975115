import { randomUUID } from 'node:crypto'
import { addWorkingDays, workingDaysBetween } from '../calendar/working-days.ts'
import { chinaDate } from '../clock.ts'
import type { Database } from '../db/database.ts'
import type { Transaction } from '../db/sql.ts'
import { readIssueRule } from '../issue/rule.ts'
import { stepIssue } from '../issue/step.ts'
import { notify } from '../notice/write.ts'
import { readRungs, readSitting } from './queries.ts'
import { entryBody, type Rung } from './rules.ts'

const author = { actor: '系统', reason: '逾期提级' }

interface Late {
  id: number
  version: number
  state: string
  title: string
  unitId: number | null
  bodyId: number | null
  dueOn: string
}

/**
 * Passes issues up that stay unresolved: to the lowest body that can decide on them when their promise
 * has been over for the days that issues have, from there to the next one when the body's own days are
 * over. What it does moves the issue's promise, so that a repeat finds nothing to do.
 */
export async function escalateIssues(db: Database, now: Date): Promise<void> {
  const today = chinaDate(now)
  const late = await lateIssues(db.sql, today)
  if (late.length === 0) return
  const { escalateDays } = await readIssueRule(db.sql)
  const rungs = await readRungs(db.sql)
  for (const issue of late) {
    if (nextBody(rungs, issue, today, escalateDays) === null) continue
    await db.transact(author, (tx) => passUp(tx, issue.id, now, escalateDays), now)
  }
}

/** @param id of one issue, which is locked; without it all are read. */
async function lateIssues(sql: Database['sql'] | Transaction, today: string, id?: number) {
  return sql<Late[]>`
    select i.id, i.version, i.state, i.title, i.body_id, coalesce(p.unit_id, i.unit_id, k.unit_id) as unit_id,
           (i.due_at at time zone 'Asia/Shanghai')::date as due_on
      from issue i left join project p on p.id = i.project_id left join park k on k.id = i.park_id
     where i.state in ('assigned', 'accepted', 'in_hand', 'escalated') and i.paused_at is null
       and (i.due_at at time zone 'Asia/Shanghai')::date < ${today}::date
       ${id === undefined ? sql`` : sql`and i.id = ${id} for update of i`}`
}

type NamedRung = Rung & { name: string }

/** The body that an issue goes to today; null: none yet, or none above. */
function nextBody(
  rungs: readonly NamedRung[],
  { state, unitId, bodyId, dueOn }: Late,
  today: string,
  escalateDays: number,
): NamedRung | null {
  const here = state === 'escalated' ? rungs.find(({ id }) => id === bodyId) : undefined
  if (today < addWorkingDays(dueOn, here?.escalateAfterWd ?? escalateDays)) return null
  const entry = entryBody(rungs, unitId === null ? [] : [unitId])
  const next = here ? here.parentId : (entry?.id ?? null)
  return rungs.find(({ id }) => id === next) ?? null
}

async function passUp(tx: Transaction, id: number, now: Date, escalateDays: number): Promise<void> {
  const today = chinaDate(now)
  const [issue] = await lateIssues(tx, today, id)
  const body = issue ? nextBody(await readRungs(tx), issue, today, escalateDays) : null
  if (!issue || !body) return
  const late = workingDaysBetween(issue.dueOn, today)
  await stepIssue(
    tx,
    id,
    {
      key: randomUUID(),
      action: 'escalate',
      version: issue.version,
      bodyId: body.id,
      note: `超期 ${late} 个工作日未解决，提级到${body.name}`,
    },
    { name: author.actor, doer: () => ({ id: null, parties: ['program'] }), now },
  )
  const sitting = await readSitting(tx, [body.id], today)
  await notify(
    tx,
    sitting.map(({ personId }) => ({
      key: `issue/${id}/body/${body.id}/${issue.version}/p${personId}`,
      personId,
      kind: 'issue_escalated',
      title: `“${issue.title}”提级到${body.name}`,
      text: `超期 ${late} 个工作日未解决。`,
      link: `/desk?open=issue&issue=${id}`,
      noun: 'issue',
      rowId: id,
    })),
  )
}
