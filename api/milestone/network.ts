/*
 * The network of a plan: steps with limits in working days that wait for others, serial or side by
 * side. Pure: days are `YYYY-MM-DD`, the calendar is China's (../calendar/working-days.ts).
 */
import { addWorkingDays, workingDayFrom, workingDaysBetween } from '../calendar/working-days.ts'

export interface NetworkStep {
  code: string
  /** Working days that it may take once all that it waits for is done. */
  limitDays: number
  /** Codes of the steps that it waits for. */
  after: readonly string[]
  /** A day that stands whatever the network says: done, promised, or set by hand. */
  fixedOn?: string | null
}

export interface Scheduled {
  code: string
  beginOn: string
  /** Its fixed day, else the earliest day that it can be done on. */
  finishOn: string
  /** Working days that it may take longer without moving the last step. */
  slackDays: number
  critical: boolean
  /** Its fixed day lies before what it waits for is done. */
  tooEarly: boolean
}

/** What is wrong with a set of steps, in a sentence; null: nothing. */
export function faultOf(steps: readonly NetworkStep[]): string | null {
  const codes = new Set(steps.map(({ code }) => code))
  if (codes.size < steps.length) {
    const twice = steps.find(({ code }, at) => steps.findIndex((one) => one.code === code) < at)
    return `步骤编码 ${twice?.code} 出现了两次，每个步骤须有自己的编码`
  }
  for (const { code, after } of steps) {
    const unknown = after.find((one) => !codes.has(one))
    if (unknown) return `步骤 ${code} 的前置步骤 ${unknown} 不存在`
  }
  const circle = steps.length - ordered(steps).length
  return circle > 0 ? `有 ${circle} 个步骤互相等待，前置关系不能成环` : null
}

/**
 * The earliest days of all steps from a start (itself or the next working day), in the order given,
 * with what each may lose. Steps must be without fault (faultOf).
 */
export function schedule(steps: readonly NetworkStep[], startOn: string): Scheduled[] {
  const order = ordered(steps)
  const first = workingDayFrom(startOn)
  const begin = new Map<string, string>()
  const finish = new Map<string, string>()
  for (const { code, limitDays, after, fixedOn } of order) {
    // Nothing is begun before the start, not even what waits for something done long ago.
    const from = latest([first, ...after.map((one) => finish.get(one) ?? first)])
    begin.set(code, from)
    finish.set(code, fixedOn ?? addWorkingDays(from, limitDays))
  }
  const last = latest([first, ...finish.values()])
  const must = latestDays(order, begin, last)
  return steps.map(({ code, fixedOn }) => {
    const [beginOn, finishOn] = [begin.get(code) ?? first, finish.get(code) ?? first]
    const slackDays = workingDaysBetween(finishOn, must.get(code) ?? last)
    const tooEarly = Boolean(fixedOn) && finishOn < beginOn
    return { code, beginOn, finishOn, slackDays, critical: slackDays <= 0, tooEarly }
  })
}

/**
 * The latest day of each step that keeps the last day. A fixed day binds what comes before it, unless
 * that is too late for it already.
 */
function latestDays(
  order: readonly NetworkStep[],
  begin: ReadonlyMap<string, string>,
  last: string,
): Map<string, string> {
  const must = new Map<string, string>()
  for (const { code, limitDays, after, fixedOn } of order.toReversed()) {
    const own = must.get(code) ?? last
    must.set(code, own)
    const missed = fixedOn && fixedOn < (begin.get(code) ?? fixedOn)
    const due = missed ? last : fixedOn ? earlier(fixedOn, own) : addWorkingDays(own, -limitDays)
    for (const one of after) must.set(one, earlier(due, must.get(one) ?? due))
  }
  return must
}

/** Each step after all that it waits for; steps of a circle are left out. */
function ordered(steps: readonly NetworkStep[]): NetworkStep[] {
  const done = new Set<string>()
  const order: NetworkStep[] = []
  for (let left = [...steps]; left.length > 0; ) {
    const ready = left.filter(({ after }) => after.every((one) => done.has(one)))
    if (ready.length === 0) break
    for (const step of ready) done.add(step.code)
    order.push(...ready)
    left = left.filter(({ code }) => !done.has(code))
  }
  return order
}

const latest = (days: readonly [string, ...string[]]): string => days.toSorted().at(-1) ?? days[0]

const earlier = (one: string, other: string): string => (one < other ? one : other)
