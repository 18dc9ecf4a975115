import { randomUUID } from 'node:crypto'
import type { Database } from 'api/db/database'
import type { Transaction } from 'api/db/sql'
import type { TemplateStep } from 'api/milestone/plan/contract'
import { planSteps } from 'api/milestone/plan/steps'

const author = { actor: '测试数据', reason: '节点测试' }

/** People of the small city: ids by name. */
export interface People {
  owner: { id: number; name: string }
  dispatcher: { id: number; name: string }
  other: { id: number; name: string }
}

/** Adds three persons, causes of slips, and a template whose network is small enough to do by hand. */
export async function addPlanning(db: Database): Promise<People> {
  return db.transact(author, async (tx) => {
    await tx`insert into cause (code, name, ordinal) values ('land', '征地拆迁', 1), ('funds', '资金', 2)
      on conflict do nothing`
    await tx`
      insert into milestone_template (code, version, name, steps)
      values (${smallTemplate.code}, 1, ${smallTemplate.name}, ${JSON.stringify(steps)}::text::jsonb)`
    const one = (login: string, name: string) => addPerson(tx, login, name)
    return {
      owner: await one(`owner-${randomUUID()}`, '县区填报员'),
      dispatcher: await one(`dispatcher-${randomUUID()}`, '调度员'),
      other: await one(`other-${randomUUID()}`, '另一调度员'),
    }
  })
}

async function addPerson(tx: Transaction, login: string, name: string) {
  const [row] = await tx<{ id: number }[]>`
    insert into person (login, name) values (${login}, ${name}) returning id`
  return { id: row?.id ?? 0, name }
}

const step = (
  code: string,
  kind: TemplateStep['kind'],
  name: string,
  limitDays: number,
  after: string[],
  party: string,
): TemplateStep => ({
  code,
  kind,
  name,
  limitDays,
  after,
  party,
})

/** 立项 → 用地 beside 环评 → 施工许可 → 开工 → 竣工. */
const steps = [
  step('preliminary', 'preliminary', '立项批复', 5, [], '发展和改革局'),
  step('site', 'preliminary', '用地预审', 10, ['preliminary'], '自然资源局'),
  step('eia', 'preliminary', '环评', 20, ['preliminary'], '生态环境局'),
  step('permit', 'permit', '施工许可', 3, ['site', 'eia'], '住房和城乡建设局'),
  step('start', 'start', '开工', 5, ['permit'], 'enterprise'),
  step('finish', 'finish', '竣工', 200, ['start'], 'enterprise'),
]

export const smallTemplate = { code: 'small', name: '小模板', category: null, steps }

/** A plan of a project in a state, its only open one; proposed by a program. */
export async function newPlan(
  db: Database,
  project: number,
  state: 'draft' | 'submitted',
): Promise<number> {
  return db.transact(author, async (tx) => {
    await tx`
      update milestone_plan set state = 'dropped'
       where project_id = ${project} and state in ('draft', 'submitted')`
    const planned = planSteps(smallTemplate.steps, '2023-06-01', [], new Map())
    const [row] = await tx<{ id: number }[]>`
      insert into milestone_plan (key, project_id, template, template_version, start_on, state, steps,
                                  proposer, submitted_at)
      values (${randomUUID()}, ${project}, 'small', 1, '2023-06-01', ${state},
              ${JSON.stringify(planned)}::text::jsonb, '测试数据',
              ${state === 'submitted' ? '2023-05-30T01:00:00Z' : null}) returning id`
    return row?.id ?? 0
  })
}

/** The production milestone of a project, planned for the end of 2023, without any open revision. */
export async function plannedMilestone(db: Database, project: number): Promise<number> {
  return db.transact(author, async (tx) => {
    const [row] = await tx<{ id: number }[]>`
      insert into milestone as m (project_id, kind, name, original_date, original_precision)
      values (${project}, 'production', '投产', '2023-12-31', 'day')
      on conflict on constraint milestone_step do update
        set original_date = coalesce(m.original_date, excluded.original_date),
            original_precision = coalesce(m.original_precision, excluded.original_precision),
            revised_date = null, revised_precision = null
      returning id`
    const id = row?.id ?? 0
    await tx`delete from milestone_revision where milestone_id = ${id} and state = 'proposed'`
    return id
  })
}

/** A revision of it that waits for a decision. */
export async function newRevision(db: Database, project: number): Promise<number> {
  const milestone = await plannedMilestone(db, project)
  return db.transact(author, async (tx) => {
    const [row] = await tx<{ id: number }[]>`
      insert into milestone_revision (key, project_id, milestone_id, from_date, from_precision, to_date,
                                      cause_code, text, state, proposer)
      values (${randomUUID()}, ${project}, ${milestone}, '2023-12-31', 'day', '2024-06-30', 'land',
              '征拆未完', 'proposed', '测试数据') returning id`
    return row?.id ?? 0
  })
}

/** A milestone that is done and has its evidence. */
export async function provenMilestone(db: Database, project: number): Promise<number> {
  return db.transact(author, async (tx) => {
    const [row] = await tx<{ id: number }[]>`
      insert into milestone (project_id, kind, name, actual_date, actual_precision, evidence)
      values (${project}, 'signing', '签约', '2023-04-01', 'day', '签约文本')
      on conflict on constraint milestone_step do update set evidence = excluded.evidence
      returning id`
    return row?.id ?? 0
  })
}
