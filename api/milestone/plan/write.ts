import type { Transaction } from '../../db/sql.ts'
import { ApiFailure, fieldFailure, notFound } from '../../http/failure.ts'
import type { Milestone } from '../contract.ts'
import { milestoneColumns } from '../queries.ts'
import { refuseOwn, refuseWithoutNote } from '../revision.ts'
import type { Who } from '../write.ts'
import type {
  MilestonePlan,
  PlanChange,
  PlanDecision,
  PlanInput,
  PlanStep,
  TemplateStep,
} from './contract.ts'
import { listPlans, listTemplates } from './queries.ts'
import { handOf, planSteps } from './steps.ts'

/**
 * Proposes a plan from a template; the same key again is the same plan, a draft before it is dropped.
 * @throws ApiFailure `PROJECT_NOT_FOUND`, 422 `TEMPLATE_UNKNOWN`, 409 `PLAN_OPEN`,
 * 409 `PLAN_KEY_REUSED`.
 */
export async function proposePlan(
  tx: Transaction,
  input: PlanInput,
  who: Who,
): Promise<{ plan: MilestonePlan; created: boolean }> {
  const { key, projectId, startOn } = input
  await lockProject(tx, projectId)
  const repeated = await repeatedOf(tx, input)
  if (repeated) return { plan: repeated, created: false }
  const template = await templateOf(tx, input.template)
  await makeRoom(tx, projectId)
  const steps = planSteps(template.steps, startOn, await knownSteps(tx, projectId), new Map())
  const [made] = await tx<{ id: number }[]>`
    insert into milestone_plan (key, project_id, template, template_version, start_on, state, steps,
                                proposer, proposer_id)
    values (${key}, ${projectId}, ${template.code}, ${template.version}, ${startOn}, 'draft',
            ${JSON.stringify(steps)}::text::jsonb, ${who.name}, ${who.id}) returning id`
  return { plan: await planOf(tx, made?.id ?? 0), created: true }
}

/**
 * Changes limits, the start, or days by hand; the network moves what follows. One that was refused
 * becomes a draft again.
 * @throws ApiFailure `PLAN_NOT_FOUND`, 409 `PLAN_CHANGED`, 409 `PLAN_STATE`, 422 `STEP_UNKNOWN`,
 * 422 `STEP_KNOWN`, 409 `PLAN_OPEN`.
 */
export async function changePlan(
  tx: Transaction,
  id: number,
  change: PlanChange,
): Promise<MilestonePlan> {
  const plan = await lockPlan(tx, id, change.seen)
  refuseState(plan, ['draft', 'refused'], '修改')
  if (plan.state === 'refused') await makeRoom(tx, plan.projectId)
  const hand = handOf(plan.steps)
  const limits = new Map<string, number>()
  for (const { code, limitDays, plannedOn } of change.steps ?? []) {
    refuseStep(plan, code)
    if (limitDays !== undefined) limits.set(code, limitDays)
    if (plannedOn) hand.set(code, plannedOn)
    else if (plannedOn === null) hand.delete(code)
  }
  const steps = templateSteps(plan.steps, limits)
  const startOn = change.startOn ?? plan.startOn
  const made = planSteps(steps, startOn, await knownSteps(tx, plan.projectId), hand)
  await tx`
    update milestone_plan
       set start_on = ${startOn}, steps = ${JSON.stringify(made)}::text::jsonb, state = 'draft',
           edition = edition + 1, approver = null, approver_id = null, decided_at = null, note = null,
           submitted_at = null
     where id = ${id}`
  return planOf(tx, id)
}

/**
 * Hands a draft to the dispatch office; whoever submits answers for it.
 * @throws ApiFailure `PLAN_NOT_FOUND`, 409 `PLAN_CHANGED`, 409 `PLAN_STATE`, 422 `STEP_EARLY`.
 */
export async function submitPlan(
  tx: Transaction,
  id: number,
  seen: number,
  who: Who,
): Promise<MilestonePlan> {
  const plan = await lockPlan(tx, id, seen)
  if (plan.state === 'submitted') return plan
  refuseState(plan, ['draft'], '报审')
  const early = plan.steps.find((step) => step.tooEarly)
  if (early) {
    const message = `${early.name}计划 ${early.plannedOn}，早于其前置步骤完成：请改晚，或先调整前置步骤`
    throw fieldFailure(422, 'STEP_EARLY', message, early.code, early.plannedOn)
  }
  await tx`
    update milestone_plan
       set state = 'submitted', submitted_at = app_now(), proposer = ${who.name}, proposer_id = ${who.id}
     where id = ${id}`
  return planOf(tx, id)
}

/**
 * Approves a plan, whose days become the original dates of steps that have none, or refuses it.
 * @throws ApiFailure `PLAN_NOT_FOUND`, 409 `PLAN_CHANGED`, 409 `PLAN_STATE`, 409 `PLAN_STALE`,
 * 403 `OWN_PROPOSAL`, 422 `NOTE_MISSING`.
 */
export async function decidePlan(
  tx: Transaction,
  id: number,
  { seen, decision, note }: PlanDecision,
  who: Who,
): Promise<MilestonePlan> {
  const plan = await lockPlan(tx, id, seen)
  if (plan.state === decision && plan.approver === who.name) return plan
  refuseState(plan, ['submitted'], '审批')
  refuseOwn(plan, who)
  refuseWithoutNote(decision, note)
  if (decision === 'approved') await setOriginals(tx, plan)
  await tx`
    update milestone_plan
       set state = ${decision}, approver = ${who.name}, approver_id = ${who.id},
           decided_at = app_now(), note = ${note || null}
     where id = ${id}`
  return planOf(tx, id)
}

async function setOriginals(tx: Transaction, plan: MilestonePlan): Promise<void> {
  const known = await knownSteps(tx, plan.projectId)
  const now = planSteps(plan.steps.map(bare), plan.startOn, known, handOf(plan.steps))
  const stale = now.find((step, at) => step.known !== plan.steps[at]?.known)
  if (stale) {
    const message = `报审之后${stale.name}有了日期：请退回，由填报单位核对后重新报审`
    throw new ApiFailure(409, 'PLAN_STALE', message)
  }
  const rows = plan.steps.map((step, ordinal) => ({
    kind: step.kind,
    code: step.code === step.kind ? null : step.code,
    name: step.name,
    ordinal,
    limit_days: step.limitDays,
    party: step.party,
    critical: step.critical,
    original_date: step.known === null ? step.plannedOn : null,
  }))
  await tx`
    insert into milestone as m (project_id, kind, code, name, ordinal, limit_days, party, critical,
                           original_date, original_precision)
    select ${plan.projectId}::bigint, r.kind, r.code, r.name, r.ordinal, r.limit_days, r.party, r.critical,
           r.original_date, case when r.original_date is not null then 'day' end
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
        as r(kind text, code text, name text, ordinal integer, limit_days integer, party text,
             critical boolean, original_date date)
    on conflict on constraint milestone_step do update
       set ordinal = excluded.ordinal, limit_days = excluded.limit_days, party = excluded.party,
           critical = excluded.critical,
           original_date = coalesce(m.original_date, excluded.original_date),
           original_precision = coalesce(m.original_precision, excluded.original_precision)`
}

async function lockProject(tx: Transaction, id: number): Promise<void> {
  const [project] = await tx`select id from project where id = ${id} for update`
  if (!project) throw notFound('project', '项目', id)
}

async function lockPlan(tx: Transaction, id: number, seen: number): Promise<MilestonePlan> {
  const [found] = await tx<{ projectId: number }[]>`
    select project_id from milestone_plan where id = ${id}`
  if (!found) throw notFound('plan', '节点计划', id)
  await lockProject(tx, found.projectId)
  const plan = await planOf(tx, id)
  if (plan.edition !== seen) {
    const message = '这份计划在您核对期间被改过，请看过新的一版再继续'
    throw fieldFailure(409, 'PLAN_CHANGED', message, 'seen', plan.edition)
  }
  return plan
}

async function planOf(tx: Transaction, id: number): Promise<MilestonePlan> {
  const [plan] = await listPlans(tx, { id })
  if (!plan) throw notFound('plan', '节点计划', id)
  return plan
}

async function repeatedOf(tx: Transaction, input: PlanInput): Promise<MilestonePlan | null> {
  const [known] = await tx<{ id: number; same: boolean }[]>`
    select id, project_id = ${input.projectId} and template = ${input.template} as same
      from milestone_plan where key = ${input.key}`
  if (!known) return null
  if (known.same) return planOf(tx, known.id)
  const message = '同一个 key 已用于另一份计划：请换一个 key'
  throw fieldFailure(409, 'PLAN_KEY_REUSED', message, 'key', input.key)
}

async function templateOf(tx: Transaction, code: string) {
  const templates = await listTemplates(tx)
  const template = templates.find((one) => one.code === code)
  if (template) return template
  const known = templates.map((one) => `${one.code}（${one.name}）`).join('、')
  const message = `没有模板 ${code}：可用 ${known || '（尚未设置模板）'}`
  throw fieldFailure(422, 'TEMPLATE_UNKNOWN', message, 'template', code)
}

/** A project has one plan under way: a draft gives way, one that waits for a decision does not. */
async function makeRoom(tx: Transaction, projectId: number): Promise<void> {
  const [open] = await tx<{ id: number; state: string; proposer: string }[]>`
    select id, state, proposer from milestone_plan
     where project_id = ${projectId} and state in ('draft', 'submitted')`
  if (open?.state === 'submitted') {
    const message = `${open.proposer}报审的节点计划还没有审批，审批后才能再编`
    throw new ApiFailure(409, 'PLAN_OPEN', message)
  }
  if (open) await tx`update milestone_plan set state = 'dropped' where id = ${open.id}`
}

async function knownSteps(tx: Transaction, projectId: number): Promise<Milestone[]> {
  return tx<Milestone[]>`
    select ${milestoneColumns(tx)} from milestone where project_id = ${projectId}`
}

const bare = ({ code, kind, name, limitDays, after, party }: PlanStep): TemplateStep => ({
  code,
  kind,
  name,
  limitDays,
  after,
  party,
})

const templateSteps = (
  steps: readonly PlanStep[],
  limits: ReadonlyMap<string, number>,
): TemplateStep[] =>
  steps.map((step) => ({ ...bare(step), limitDays: limits.get(step.code) ?? step.limitDays }))

function refuseStep(plan: MilestonePlan, code: string): void {
  const step = plan.steps.find((one) => one.code === code)
  if (!step) {
    const message = `计划里没有步骤 ${code}：可用 ${plan.steps.map((one) => one.code).join('、')}`
    throw fieldFailure(422, 'STEP_UNKNOWN', message, 'steps', code)
  }
  if (step.known === null) return
  const has = step.known === 'actual' ? '已经完成' : '已有原计划日期'
  const message = `${step.name}${has}（${step.plannedOn}），计划不能改它${step.known === 'original' ? '；要推迟请提出调整' : ''}`
  throw fieldFailure(422, 'STEP_KNOWN', message, 'steps', code)
}

const words: Record<MilestonePlan['state'], string> = {
  draft: '还是草稿',
  submitted: '待审批',
  approved: '已批准',
  refused: '已退回',
  dropped: '已作废',
}

function refuseState(
  { state, approver }: MilestonePlan,
  allowed: readonly MilestonePlan['state'][],
  wanted: string,
): void {
  if (allowed.includes(state)) return
  const by = approver ? `（${approver}）` : ''
  throw new ApiFailure(409, 'PLAN_STATE', `这份计划${words[state]}${by}，不能${wanted}`)
}
