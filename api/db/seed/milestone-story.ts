/*
 * Milestones of generated projects: planned ones are known from the start, a fact is recorded on the
 * first reporting day after it, a slip when it is admitted. Published projects keep to their sources,
 * but for those on the list of which no source shows any works before the clock's day: each gets one
 * start, marked as generated.
 */
import { type Random, random } from 'geo/random'
import { addDays } from '../../calendar/days.ts'
import { instant } from './instant.ts'
import type { PackFiles } from './pack.ts'
import { day, lastDay } from './schedule.ts'
import type { Entry, Row, Step } from './story.ts'

interface Milestone {
  kind: string
  name: string
  /** Planned day, told to the month where `month` says so. */
  planned: string | null
  byMonth: boolean
  actual: string | null
  slip: { forecast: string; revised: string | null; cause: string; on: string } | null
}

const NAMES: Record<string, string> = {
  preliminary: '项目建议书批复',
  permit: '施工许可',
  start: '开工',
  structure: '主体完工',
  finish: '竣工',
  production: '投产',
}

/** Planned rows at once, then what happened, grouped by the day on which it was recorded. */
export function milestoneSteps(pack: PackFiles, entries: readonly Entry[]): Step[] {
  const base: Row[] = []
  const later = new Map<string, Row[]>()
  for (const entry of entries) {
    for (const one of milestonesOf(pack, entry)) {
      const row = { code: entry.member.code, kind: one.kind }
      const before = one.actual !== null && one.actual <= pack.head.known.slice(0, 10)
      base.push({
        ...row,
        milestoneName: one.name,
        originalDate: one.planned && one.byMonth ? one.planned.slice(0, 7) : one.planned,
        actualDate: before ? one.actual : null,
        provenance: 'synthetic',
      })
      if (one.actual && !before) {
        put(later, recordedOn(pack, one.actual), { ...row, actualDate: one.actual })
      }
      if (one.slip) {
        const { forecast, revised, cause, on } = one.slip
        put(later, on, { ...row, forecastDate: forecast, revisedDate: revised, cause })
      }
    }
  }
  const steps = [...later].map(
    ([on, rows]): Step => ({
      at: instant(on, '17:30'),
      noun: 'milestone',
      what: '节点进展',
      rows,
    }),
  )
  return [
    { at: new Date(pack.head.known), noun: 'milestone', what: '计划节点', rows: base },
    ...steps,
  ]
}

function milestonesOf(pack: PackFiles, entry: Entry): Milestone[] {
  if (!entry.member.generated) return shownAtWork(pack, entry)
  if (entry.member.quota.kind === 'preliminary') return preliminary(pack, entry)
  return construction(pack, entry)
}

/** Listed for construction, and no source shows works before the clock's day. */
function shownAtWork(pack: PackFiles, { member }: Entry): Milestone[] {
  if (member.quota.kind === 'preliminary') return []
  const today = pack.head.clockStart.slice(0, 10)
  const works = pack.milestone.filter(
    (row) =>
      row['项目编码'] === member.code &&
      ['开工', '施工', '在建', '主体'].includes(row['节点'] ?? ''),
  )
  if (works.some((row) => row['实际日期'] && endOf(row['实际日期']) <= today)) return []
  const actual = pack.head.known.slice(0, 10)
  return [{ ...plain('start', null, null), name: '开工（示范补充）', actual }]
}

function preliminary(pack: PackFiles, { member, schedule }: Entry): Milestone[] {
  const stream = random(pack.recipe.seed).fork(`milestone ${member.code}`)
  const approved = day(pack.head.year, -stream.integer(1, 14), stream.integer(1, 28))
  return [
    plain('preliminary', null, approved),
    plain('start', schedule.plannedStart, null, true),
    plain('finish', schedule.plannedFinish, null, true),
  ]
}

function construction(pack: PackFiles, entry: Entry): Milestone[] {
  const { member, schedule, conduct } = entry
  const { year } = pack.head
  const stream = random(pack.recipe.seed).fork(`milestone ${member.code}`)
  const { started } = conduct
  const planned = schedule.plannedStart ?? started ?? `${year}-12-31`
  const middle = Math.round(schedule.firstMonth * 0.4 + schedule.lastMonth * 0.6)
  const late = Math.round(conduct.lagPoints / 5)
  const reached = (month: number) => month + late < 4 && conduct.suspendedOn === null
  const early = conduct.state === 'early'
  const finished = early ? day(year, schedule.lastMonth, stream.integer(8, 24)) : null
  return [
    plain('permit', addDays(planned, -25), started && addDays(started, -stream.integer(3, 30))),
    { ...plain('start', planned, started), slip: startSlip(pack, entry, stream) },
    plain(
      'structure',
      lastDay(year, middle),
      started && reached(middle) ? day(year, middle + late, stream.integer(5, 27)) : null,
      true,
    ),
    {
      ...plain('finish', schedule.plannedFinish, finished, true),
      slip: finishSlip(entry, stream),
    },
    ...(member.category === 'industry'
      ? [plain('production', lastDay(year, schedule.lastMonth + 3), null, true)]
      : []),
  ]
}

/** Not begun as planned: admitted on the reporting day after the planned start. */
function startSlip(
  pack: PackFiles,
  { conduct, schedule }: Entry,
  stream: Random,
): Milestone['slip'] {
  const planned = schedule.plannedStart
  if (conduct.state !== 'late-start' || planned === null || conduct.cause === null) return null
  return {
    forecast: addDays(pack.head.clockStart.slice(0, 10), stream.integer(25, 120)),
    revised: null,
    cause: conduct.cause,
    on: recordedOn(pack, planned),
  }
}

/** A slow project expects to finish later; for a third of them the new date was approved. */
function finishSlip({ conduct, schedule }: Entry, stream: Random): Milestone['slip'] {
  const planned = schedule.plannedFinish
  if (conduct.state !== 'slow' || planned === null || conduct.cause === null) return null
  const forecast = addDays(planned, Math.round(conduct.lagPoints * stream.uniform(4, 9)))
  const revised =
    stream.uniform() < 0.33 ? addDays(planned, Math.round(conduct.lagPoints * 3)) : null
  return { forecast, revised, cause: conduct.cause, on: stream.pick(ADMITTED) }
}

const ADMITTED = ['2023-03-03', '2023-04-03', '2023-05-04', '2023-05-25']
const RECORDED = [
  '2023-01-30',
  '2023-02-02',
  '2023-03-03',
  '2023-04-03',
  '2023-05-04',
  '2023-05-25',
  '2023-05-30',
]

/** The first reporting day on or after a day; the ceremony is recorded at once. */
function recordedOn(pack: PackFiles, of: string): string {
  const last = addDays(pack.head.clockStart.slice(0, 10), -1)
  return RECORDED.find((on) => on >= of) ?? last
}

function plain(
  kind: string,
  planned: string | null,
  actual: string | null,
  byMonth = false,
): Milestone {
  return { kind, name: NAMES[kind] ?? kind, planned, byMonth, actual, slip: null }
}

function put(map: Map<string, Row[]>, key: string, row: Row): void {
  const rows = map.get(key) ?? []
  rows.push(row)
  map.set(key, rows)
}

/** The last day that a date text may mean: 2023 → 2023-12-31, 2023-05 → 2023-05-31. */
function endOf(text: string): string {
  const [year, month, of] = text.split('-').map(Number)
  if (of !== undefined) return text
  return lastDay(year ?? 0, (month ?? 12) - 1)
}
