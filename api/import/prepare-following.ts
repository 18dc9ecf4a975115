/*
 * Files whose rows belong to projects that exist: plan, milestone, investment, report.
 */
import type { MilestoneKind } from '../milestone/contract.ts'
import { type Draft, flag, isRefused, numberOf, textOf } from './draft.ts'
import { unitFor } from './find-unit.ts'
import { milestoneRow } from './milestone-dates.ts'
import { inSlices, type Prepared, type Preparing, present } from './prepare.ts'
import {
  compareWishes,
  investmentWish,
  type ProjectRow,
  planWish,
  type Wish,
  wideWishes,
} from './prepare-dated.ts'
import { matchProject, type ProjectIndex, readProjects, refuseRepeats } from './project-index.ts'
import { type Similar, similarFinder } from './similar.ts'
import type { Fact, Scalar } from './store.ts'
import { type Place, type PlaceIndex, readUnits } from './unit-index.ts'

/** Facts of rows that name their project by code, or by name and unit. */
export async function prepareFollowing(given: Preparing): Promise<Prepared> {
  const { tx, table } = given
  const [units, index] = [await readUnits(tx), await readProjects(tx)]
  const finder = similarFinder(index)
  const similar: Prepared['similar'] = new Map()
  const rows = new Map<Draft, ProjectRow>()
  const wishes = new Map<Draft, Wish[]>()
  await inSlices(table.drafts, (slice) => {
    for (const draft of slice) {
      const unit = unitFor(draft, units)
      const known = matchProject(draft, index, unit, finder)
      if (!known && !isRefused(draft)) {
        const near = unit ? finder.find(textOf(draft, 'name') ?? '', unit.id) : []
        if (near.length > 0) similar.set(draft, near)
        refuseUnknown(draft, offersOf(near, unit, units, index))
      }
      rows.set(draft, { draft, known, code: known?.code ?? '' })
      wishes.set(draft, wishesOf(given, draft))
    }
  })
  await refuseRepeats(table.drafts, (draft) => {
    const known = rows.get(draft)?.known
    const own = known ? (wishes.get(draft) ?? []) : []
    return own.map((wish) => `${known?.id} ${wish.table} ${wish.key}`)
  })
  const facts: Fact[] = []
  await inSlices([...rows.values()], async (slice, done) => {
    facts.push(...(await compareWishes(given, slice, (draft) => wishes.get(draft) ?? [])))
    given.progress(done)
  })
  return {
    facts,
    findings: [],
    crs: 'auto',
    similar,
    isNew: () => true,
    identify: (draft) => rows.get(draft)?.known ?? null,
    nameOf: () => undefined,
  }
}

/** Projects that may be meant; one of another unit with its unit, which is what the row has wrong. */
function offersOf(
  near: readonly Similar[],
  unit: Place | undefined,
  units: PlaceIndex,
  index: ProjectIndex,
): string[] {
  return near.map(({ code, name }) => {
    const its = units.byId.get(index.byCode.get(code)?.unitId ?? -1)
    return its && its.id !== unit?.id ? `${its.name}的“${name}”（编码 ${code}）` : name
  })
}

function refuseUnknown(draft: Draft, near: readonly string[]): void {
  const shown = textOf(draft, 'code') ?? textOf(draft, 'name') ?? ''
  const offered = near.length > 0 ? `；是否为 ${near.join('、')}` : ''
  const message = `没有项目“${shown}”：请先导入项目，或改正编码、名称和填报单位${offered}`
  flag(draft, 'refuse', 'PROJECT_UNKNOWN', 'name', shown, message)
}

function wishesOf(given: Preparing, draft: Draft): Wish[] {
  const { noun } = given.table
  switch (noun) {
    case 'plan':
      return orMissing(
        draft,
        [...planWish(draft), ...wideWishes(draft, given.today)],
        'annualWan',
        '年度计划投资',
      )
    case 'milestone': {
      const kind = textOf(draft, 'kind')
      const wishes =
        kind === undefined ? [] : [milestoneRow(draft, kind as MilestoneKind, given.today)]
      return orMissing(draft, wishes, 'kind', '节点')
    }
    case 'investment':
      return orMissing(
        draft,
        [...monthWish(draft, given.today), ...wideWishes(draft, given.today)],
        'month',
        textOf(draft, 'month') === undefined ? '月份' : '金额（本月计划投资或本月完成投资）',
      )
    default:
      return orMissing(draft, reportWishes(draft, given), 'month', '月份')
  }
}

function monthWish(draft: Draft, today: string): Wish[] {
  const month = textOf(draft, 'month')
  const [planned, actual] = [numberOf(draft, 'plannedWan'), numberOf(draft, 'actualWan')]
  if (month === undefined || (planned === undefined && actual === undefined)) return []
  return [investmentWish(draft, month, planned, actual, today)]
}

function reportWishes(draft: Draft, { now, today }: Preparing): Wish[] {
  const month = textOf(draft, 'month')
  if (month === undefined) return []
  if (month > today) {
    const message = `${month.slice(0, 7)} 还没有开始，今天是 ${today}：请改正月份`
    flag(draft, 'refuse', 'REPORT_MONTH_FUTURE', 'month', month, message)
  }
  const inStatistics = draft.values['inStatistics']
  const report: Wish = {
    table: 'report',
    key: month,
    values: (existing) =>
      present<Scalar>({
        month,
        status: textOf(draft, 'status') ?? (existing ? undefined : 'submitted'),
        percent: numberOf(draft, 'percent'),
        progressText: textOf(draft, 'progressText'),
        problem: textOf(draft, 'problem'),
        cause: textOf(draft, 'cause'),
        nextStep: textOf(draft, 'nextStep'),
        inStatistics: typeof inStatistics === 'boolean' ? inStatistics : undefined,
        reporter: textOf(draft, 'reporter'),
        reportedAt: textOf(draft, 'reportedAt') ?? (existing ? undefined : now.toISOString()),
        provenance: textOf(draft, 'provenance'),
      }),
  }
  return [report, ...monthWish(draft, today)]
}

function orMissing(draft: Draft, wishes: Wish[], field: string, label: string): Wish[] {
  if (wishes.length === 0 && !isRefused(draft)) {
    flag(draft, 'refuse', 'FIELD_MISSING', field, null, `缺少${label}：请填写`)
  }
  return wishes
}
