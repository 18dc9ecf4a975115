/*
 * The dates of a project row as milestones. A planned date is the original one the first time; a
 * later file that says another date revises it, and the original stays.
 */
import type { MilestoneKind } from '../milestone/contract.ts'
import { MILESTONE_NAME } from './choice.ts'
import type { PeriodDate } from './dates.ts'
import { type Draft, flag, periodOf, textOf } from './draft.ts'
import { present } from './prepare.ts'
import type { Wish } from './prepare-dated.ts'
import type { Existing, Scalar } from './store.ts'

interface Dates {
  planned?: PeriodDate | undefined
  actual?: PeriodDate | undefined
}

/** Wishes for start, finish and the stage that the row reports. */
export function milestoneFacts(
  draft: Draft,
  stage: { kind: MilestoneKind; date: PeriodDate } | null,
  today: string,
): Wish[] {
  const kinds = new Map<MilestoneKind, Dates>()
  const add = (kind: MilestoneKind, dates: Dates) => {
    if (!dates.planned && !dates.actual) return
    const before = kinds.get(kind)
    kinds.set(kind, {
      planned: before?.planned ?? dates.planned,
      actual: before?.actual ?? dates.actual,
    })
  }
  const at = (field: string) => periodOf(draft, field)
  add('start', { planned: at('plannedStart'), actual: at('actualStart') })
  add('finish', { planned: at('plannedFinish'), actual: at('actualFinish') })
  if (stage) add(stage.kind, { actual: stage.date })
  return [...kinds].map(([kind, dates]): Wish => {
    warnOfFuture(draft, kind, dates.actual, today)
    return {
      table: 'milestone',
      key: kind,
      values: (existing) => valuesOf(draft, kind, dates, existing),
    }
  })
}

/** The wish of a row of a milestone file, which names each of the four dates itself. */
export function milestoneRow(draft: Draft, kind: MilestoneKind, today: string): Wish {
  const at = (field: string) => periodOf(draft, field)
  const [original, revised, actual] = [at('originalDate'), at('revisedDate'), at('actualDate')]
  warnOfFuture(draft, kind, actual, today)
  return {
    table: 'milestone',
    key: kind,
    values: (existing) =>
      present<Scalar>({
        kind,
        name: textOf(draft, 'milestoneName') ?? (existing ? undefined : MILESTONE_NAME[kind]),
        originalDate: original?.date,
        originalPrecision: original?.precision,
        revisedDate: revised?.date,
        revisedPrecision: revised?.precision,
        forecastDate: at('forecastDate')?.date,
        actualDate: actual?.date,
        actualPrecision: actual?.precision,
        cause: textOf(draft, 'cause'),
        ...sourceOf(draft),
      }),
  }
}

function valuesOf(
  draft: Draft,
  kind: MilestoneKind,
  { planned, actual }: Dates,
  existing: Existing | null,
): Record<string, Scalar> {
  return present<Scalar>({
    kind,
    name: existing ? undefined : MILESTONE_NAME[kind],
    ...plannedValues(draft, kind, planned, existing),
    actualDate: actual?.date,
    actualPrecision: actual?.precision,
    ...sourceOf(draft),
  })
}

function plannedValues(
  draft: Draft,
  kind: MilestoneKind,
  planned: PeriodDate | undefined,
  existing: Existing | null,
): Record<string, Scalar> {
  if (!planned) return {}
  const original = existing?.['originalDate'] ?? null
  if (original === null) {
    return { originalDate: planned.date, originalPrecision: planned.precision }
  }
  const current = existing?.['revisedDate'] ?? original
  const precision = existing?.['revisedPrecision'] ?? existing?.['originalPrecision']
  if (current === planned.date && precision === planned.precision) return {}
  const label = MILESTONE_NAME[kind]
  const message = `计划${label}由 ${current} 改为 ${planned.date}，登记为调整后日期，原计划 ${original} 保留；请补充原因`
  flag(draft, 'warn', 'PLAN_DATE_MOVED', kind, planned.date, message)
  return { revisedDate: planned.date, revisedPrecision: planned.precision }
}

/** A published source may tell of days after the clock's; a report cannot. */
function warnOfFuture(
  draft: Draft,
  kind: MilestoneKind,
  actual: PeriodDate | undefined,
  today: string,
): void {
  if (actual?.precision !== 'day' || actual.date <= today) return
  if (textOf(draft, 'provenance') === 'published') return
  const message = `实际${MILESTONE_NAME[kind]} ${actual.date} 晚于今天 ${today}：请核对`
  flag(draft, 'warn', 'ACTUAL_IN_FUTURE', kind, actual.date, message)
}

const sourceOf = (draft: Draft) => ({
  provenance: textOf(draft, 'provenance'),
  sourceTitle: textOf(draft, 'sourceTitle'),
  sourceDate: textOf(draft, 'sourceDate'),
})
