/*
 * From a template to a plan: pure. Steps whose milestones have a date already keep it, the others get
 * the network's day, or the one that was set by hand.
 */
import type { Milestone, MilestoneKind } from '../contract.ts'
import { faultOf, type NetworkStep, schedule } from '../network.ts'
import { kindNames, plannedOf } from '../queries.ts'
import type { PlanStep, TemplateStep } from './contract.ts'

/** Kinds that a project has once; the rest is made of as many steps as a template has. */
const single: ReadonlySet<MilestoneKind> = new Set(['signing', 'start', 'finish', 'production'])

/** What a project has of a step already. */
export type KnownStep = Pick<
  Milestone,
  'kind' | 'code' | 'originalDate' | 'revisedDate' | 'actualDate'
>

/** Days set by hand, by step code. */
export type ByHand = ReadonlyMap<string, string>

/** What is wrong with the steps of a template, in a sentence; null: nothing. */
export function templateFault(steps: readonly TemplateStep[]): string | null {
  for (const { code, kind } of steps) {
    if (code === kind) continue
    if (code in kindNames) return `步骤编码 ${code} 是节点类型的名称，请另取编码`
    if (single.has(kind)) {
      return `${kindNames[kind]}在一个项目里只有一个，步骤 ${code} 的编码应为 ${kind}`
    }
  }
  return faultOf(steps)
}

/** The steps of a plan from a start; `known` are the project's milestones. */
export function planSteps(
  steps: readonly TemplateStep[],
  startOn: string,
  known: readonly KnownStep[],
  byHand: ByHand,
): PlanStep[] {
  const has = new Map(known.map((one) => [`${one.kind} ${one.code}`, one]))
  const knownOf = ({ kind, code }: TemplateStep) => has.get(`${kind} ${code}`)
  const fixed = (step: TemplateStep) => {
    const one = knownOf(step)
    return one ? (one.actualDate ?? plannedOf(one)) : null
  }
  const network = (of: (step: TemplateStep) => string | null): NetworkStep[] =>
    steps.map((step) => ({ ...step, fixedOn: of(step) }))
  const proposed = schedule(network(fixed), startOn)
  const planned = schedule(
    network((step) => fixed(step) ?? byHand.get(step.code) ?? null),
    startOn,
  )
  return steps.map((step, at) => {
    const one = knownOf(step)
    const {
      finishOn = startOn,
      slackDays = 0,
      critical = false,
      tooEarly = false,
    } = planned[at] ?? {}
    const isKnown = one && (one.actualDate !== null || plannedOf(one) !== null)
    return {
      ...step,
      proposedOn: proposed[at]?.finishOn ?? startOn,
      plannedOn: finishOn,
      byHand: !isKnown && byHand.has(step.code),
      known: !isKnown ? null : one.actualDate === null ? 'original' : 'actual',
      slackDays,
      critical,
      // What is known stands, and is nobody's mistake in this plan.
      tooEarly: tooEarly && !isKnown,
    }
  })
}

export const handOf = (steps: readonly PlanStep[]): Map<string, string> =>
  new Map(steps.flatMap(({ code, byHand, plannedOn }) => (byHand ? [[code, plannedOn]] : [])))
