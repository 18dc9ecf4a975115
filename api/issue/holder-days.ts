/*
 * 球在谁手里: the time from one step to the next belongs to the holder that the first one names, so
 * that the holders' times add up to the whole, to the millisecond.
 */
import type { IssueHolder } from './contract.ts'

/** A step as far as it tells who holds the issue from then on. */
export interface HeldFrom {
  at: string
  holder: IssueHolder
  departmentId: number | null
  unitId: number | null
  personId: number | null
}

export interface HeldTime extends Omit<HeldFrom, 'at'> {
  ms: number
}

/**
 * How long each held it, in order of first holding, from the first step until `until` or until nobody
 * holds it any more.
 */
export function heldTimes(steps: readonly HeldFrom[], until: Date): HeldTime[] {
  const held = new Map<string, HeldTime>()
  for (const [index, { at, ...holder }] of steps.entries()) {
    if (holder.holder === 'none') continue
    const end = steps[index + 1]?.at ?? until.toISOString()
    const key = `${holder.holder} ${holder.departmentId} ${holder.unitId} ${holder.personId}`
    const one = held.get(key) ?? { ...holder, ms: 0 }
    one.ms += Math.max(0, Date.parse(end) - Date.parse(at))
    held.set(key, one)
  }
  return [...held.values()]
}
