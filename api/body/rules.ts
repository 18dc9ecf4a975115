import { addWorkingDays } from '../calendar/working-days.ts'
import type { FailureDetail } from '../http/failure.ts'
import type { LadderInput } from './contract.ts'

/** What the ladder needs to know of a body. */
export interface Rung {
  id: number
  level: number
  parentId: number | null
  unitId: number | null
  escalateAfterWd: number
}

/** An arrival at a body and the day on which an unresolved matter goes on; null at the top. */
export interface Hop {
  bodyId: number
  enteredOn: string
  nextOn: string | null
}

/**
 * The lowest body that can decide on all of these units: the deepest one that stands above, or is,
 * the body of each. Null where the ladder has no such body.
 */
export function entryBody(rungs: readonly Rung[], units: readonly number[]): Rung | null {
  const byId = new Map(rungs.map((rung) => [rung.id, rung]))
  const chains = [...new Set(units)].map((unit) => {
    const own = deepest(rungs.filter((rung) => rung.unitId === unit))
    return own ? above(byId, own) : rungs.filter((rung) => rung.level === topLevel(rungs))
  })
  const [first = rungs.filter((rung) => rung.level === topLevel(rungs)), ...others] = chains
  const shared = first.filter((rung) => others.every((chain) => chain.includes(rung)))
  return deepest(shared) ?? null
}

/** The body and those above it, in the order of the ladder. */
function above(byId: ReadonlyMap<number, Rung>, from: Rung): Rung[] {
  const chain: Rung[] = []
  for (let at: Rung | undefined = from; at; at = byId.get(at.parentId ?? 0)) chain.push(at)
  return chain
}

const topLevel = (rungs: readonly Rung[]) => Math.min(...rungs.map((rung) => rung.level))
const deepest = (rungs: readonly Rung[]) =>
  rungs.reduce<Rung | undefined>(
    (best, rung) => (best && best.level >= rung.level ? best : rung),
    undefined,
  )

/** The arrival at a body; `from` is the day that its working days are counted from. */
export function arrive(rung: Rung, enteredOn: string, from: string): Hop {
  const nextOn = rung.parentId === null ? null : addWorkingDays(from, rung.escalateAfterWd)
  return { bodyId: rung.id, enteredOn, nextOn }
}

/**
 * The bodies that an unresolved matter has reached by `today`, after the one that it was last known
 * at. Each hop is dated as the ladder has it, however late it is noticed: a server that was away
 * changes no clock.
 */
export function climb(rungs: readonly Rung[], at: Hop, today: string): Hop[] {
  const byId = new Map(rungs.map((rung) => [rung.id, rung]))
  const hops: Hop[] = []
  let here = at
  while (here.nextOn !== null && here.nextOn <= today) {
    const next = byId.get(byId.get(here.bodyId)?.parentId ?? 0)
    if (!next) break
    here = arrive(next, here.nextOn, here.nextOn)
    hops.push(here)
  }
  return hops
}

/**
 * What is wrong with a ladder, by field. A parent has a smaller level than its children, so a ladder
 * that passes has no cycle.
 */
export function ladderFaults(bodies: LadderInput['bodies']): FailureDetail[] {
  const byCode = new Map(bodies.map((body) => [body.code, body]))
  const faults: FailureDetail[] = []
  const names = new Set<string>()
  const codes = new Set<string>()
  for (const [index, body] of bodies.entries()) {
    const fault = (field: string, value: unknown, code: string, message: string) =>
      faults.push({ field: `bodies.${index}.${field}`, value, code, message })
    if (codes.has(body.code)) fault('code', body.code, 'DUPLICATE', `编码 ${body.code} 重复`)
    if (names.has(body.name)) fault('name', body.name, 'DUPLICATE', `名称“${body.name}”重复`)
    codes.add(body.code)
    names.add(body.name)
    if (body.parentCode === null) continue
    const parent = byCode.get(body.parentCode)
    if (!parent) {
      fault('parentCode', body.parentCode, 'UNKNOWN', `没有编码为 ${body.parentCode} 的上级机构`)
    } else if (parent.level >= body.level) {
      const message = `“${body.name}”在第 ${body.level} 级，上级“${parent.name}”应在更高的一级（数字更小），现为第 ${parent.level} 级`
      fault('level', body.level, 'LEVEL', message)
    }
  }
  return faults
}
