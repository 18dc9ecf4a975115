/*
 * The money of the list: every project's total and annual plan, whole 万元, so that each quota adds
 * up to its figures exactly. Published totals stay what the source says; unknown ones stay unknown.
 */
import { type Random, random } from 'geo/random'
import { allot } from './allot.ts'
import type { Quota } from './figure.ts'
import type { Member } from './roster.ts'
import type { Schedule } from './schedule.ts'

export interface Budget {
  /** Null where a published project's total is not known. */
  totalWan: number | null
  annualWan: number
}

/** Budgets by project code. */
export function budgets(
  members: readonly Member[],
  schedules: ReadonlyMap<string, Schedule>,
  seed: string,
): Map<string, Budget> {
  const result = new Map<string, Budget>()
  for (const quota of new Set(members.map((member) => member.quota))) {
    const part = members.filter((member) => member.quota === quota && member.counted)
    for (const [code, budget] of quotaBudgets(quota, part, schedules, seed)) {
      result.set(code, budget)
    }
  }
  // what a listed parent already contains is never counted again, so it needs no quota
  for (const member of members.filter((one) => !one.counted)) {
    const annualWan = Math.round((member.publishedWan ?? 30_000) * 0.3)
    result.set(member.code, { totalWan: member.publishedWan, annualWan })
  }
  return result
}

function quotaBudgets(
  quota: Quota,
  part: readonly Member[],
  schedules: ReadonlyMap<string, Schedule>,
  seed: string,
): [string, Budget][] {
  const streams = part.map((member) => random(seed).fork(`budget ${member.code}`))
  const known = part.reduce((sum, member) => sum + (member.publishedWan ?? 0), 0)
  const totals = allot(
    quota.totalWan - known,
    part.map((member) => ({ weight: member.generated?.size ?? 0 })),
  ).map((totalWan, index) => {
    const member = part[index]
    return member?.generated ? totalWan : (member?.publishedWan ?? null)
  })
  const typical = quota.totalWan / quota.count
  const annuals = allot(
    quota.annualWan,
    part.map((member, index) => {
      const totalWan = totals[index] ?? null
      const stream = streams[index] ?? random(seed)
      const size = totalWan ?? typical * stream.uniform(0.2, 0.8)
      const share = annualShare(schedules.get(member.code), stream)
      // the exponent holds back the giants, whose works last for years
      return { weight: share * size ** 0.8, most: Math.floor(size * 0.92) }
    }),
  )
  return part.map((member, index) => [
    member.code,
    { totalWan: totals[index] ?? null, annualWan: annuals[index] ?? 0 },
  ])
}

/** What part of a project's money a year takes, by how long its works last. */
function annualShare(schedule: Schedule | undefined, stream: Random): number {
  const months = schedule ? Math.max(6, schedule.lastMonth - schedule.firstMonth + 1) : 24
  return Math.min(0.9, 14 / months) * stream.uniform(0.7, 1.3)
}
