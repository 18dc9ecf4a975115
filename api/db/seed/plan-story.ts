/*
 * The year's list as rows: everybody on the day it was published, then those who left it and those
 * who took their place. Every plan is generated, also those of published projects: no annual or
 * monthly plan of a single project was published.
 */
import { instant } from './instant.ts'
import type { PackFiles } from './pack.ts'
import type { Entry, Row, Step } from './story.ts'

/** The list, its change in the middle of the year, and the projects that were stopped. */
export function planSteps(pack: PackFiles, entries: readonly Entry[]): Step[] {
  const listed: Step = {
    at: instant(pack.recipe.listedOn, '10:00'),
    noun: 'plan',
    what: `${pack.head.year} 年度计划`,
    rows: entries.filter((entry) => entry.change !== 'added').map((entry) => planRow(pack, entry)),
  }
  const stopped = pack.recipe.suspended.map(
    ({ on }): Step => ({
      at: instant(on, '16:00'),
      noun: 'project',
      what: '暂停项目',
      rows: entries
        .filter((entry) => entry.conduct.suspendedOn === on)
        .map((entry) => ({ code: entry.member.code, sideState: 'suspended' })),
    }),
  )
  return [listed, ...replacement(pack, entries), ...stopped]
}

function replacement(pack: PackFiles, entries: readonly Entry[]): Step[] {
  const { on, removedReason, addedReason } = pack.recipe.replaced
  const left = entries.filter((entry) => entry.change === 'removed')
  const joined = entries.filter((entry) => entry.change === 'added')
  const at = instant(on, '15:00')
  const rows: Row[] = [
    ...left.map(({ member }) => ({
      code: member.code,
      year: pack.head.year,
      removedOn: on,
      changeReason: removedReason,
    })),
    ...joined.map((entry) => ({
      ...planRow(pack, entry),
      addedOn: on,
      changeReason: addedReason,
    })),
  ]
  const removed = left.map(({ member }) => ({ code: member.code, sideState: 'removed' }))
  return [
    { at, noun: 'plan', what: '年度计划调整', rows },
    { at, noun: 'project', what: '调出项目', rows: removed },
  ]
}

function planRow({ head, recipe }: PackFiles, { member, budget, planned }: Entry): Row {
  const months = planned.map((wan, month) => [`planned${String(month + 1).padStart(2, '0')}`, wan])
  return {
    code: member.code,
    year: head.year,
    planKind: member.quota.kind,
    annualWan: budget.annualWan,
    collectiveStart: member.quota.collective ? recipe.collective.name : null,
    provenance: 'synthetic',
    ...Object.fromEntries(months),
  }
}
