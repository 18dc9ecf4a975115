/*
 * The dates of a row as milestones. A planned date is the original one the first time and stays: a
 * later file that says another one is told so, for the plan is moved by an approved revision only. A
 * milestone file may carry revisions that were approved on paper before, with their cause.
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
        ...originalValues(draft, kind, original, existing),
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

/** A planned date where there is none yet; another one than the plan that holds is reported. */
function plannedValues(
  draft: Draft,
  kind: MilestoneKind,
  planned: PeriodDate | undefined,
  existing: Existing | null,
): Record<string, Scalar> {
  const revised = existing?.['revisedDate'] ?? null
  if (planned && revised === planned.date) return {}
  return originalValues(draft, kind, planned, existing)
}

function originalValues(
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
  if (original === planned.date && existing?.['originalPrecision'] === planned.precision) return {}
  const stands = said(String(original), existing?.['originalPrecision'])
  const wanted = said(planned.date, planned.precision)
  const message = `计划${MILESTONE_NAME[kind]}：已登记的原计划 ${stands} 保留，没有改为文件里的 ${wanted}；要推迟或提前，请在项目的节点里提出调整并经审批；原来录错的，由调度办更正`
  flag(draft, 'warn', 'ORIGINAL_KEPT', kind, planned.date, message)
  return {}
}

const PRECISION: Readonly<Record<string, string>> = {
  month: '（只到月）',
  quarter: '（只到季度）',
  year: '（只到年）',
}
const said = (date: string, precision: unknown) => `${date}${PRECISION[String(precision)] ?? ''}`

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
