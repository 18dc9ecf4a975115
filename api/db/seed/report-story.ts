/*
 * Monthly reports with the money done: those of a month are recorded on the first days of the next,
 * May's quick ones in its last week, before the demo's clock begins.
 */
import { type Random, random } from 'geo/random'
import { TOLD_MONTHS } from './conduct.ts'
import { instant } from './instant.ts'
import type { PackFiles } from './pack.ts'
import type { Entry, Row, Step } from './story.ts'

/** When the reports of January to May came in; the last day's in the morning. */
const DAYS: readonly (readonly string[])[] = [
  ['2023-02-02', '2023-02-03', '2023-02-04', '2023-02-05'],
  ['2023-03-02', '2023-03-03', '2023-03-04', '2023-03-05'],
  ['2023-04-02', '2023-04-03', '2023-04-04', '2023-04-05'],
  ['2023-05-02', '2023-05-03', '2023-05-04', '2023-05-05'],
  ['2023-05-25', '2023-05-26', '2023-05-29', '2023-05-30', '2023-05-31'],
]

/** One step for each reporting day. */
export function reportSteps(pack: PackFiles, entries: readonly Entry[]): Step[] {
  const today = pack.head.clockStart.slice(0, 10)
  return DAYS.flatMap((days, month) => {
    const steps = days.map(
      (on): Step => ({
        at: instant(on, on === today ? '08:00' : '18:00'),
        noun: 'report',
        what: `${month + 1} 月填报`,
        rows: [],
      }),
    )
    for (const entry of entries) {
      const { firstTold, lastTold } = entry.conduct
      if (month < firstTold || month >= lastTold) continue
      const stream = random(pack.recipe.seed).fork(`report ${entry.member.code} ${month}`)
      const step = stream.pick(steps)
      step.rows.push(reportRow(pack, entry, month, step.at, stream))
    }
    return steps
  })
}

function reportRow(pack: PackFiles, entry: Entry, month: number, at: Date, stream: Random): Row {
  const { member, conduct } = entry
  const begun = hasBegun(entry, pack.head.year, month)
  const percent = begun ? percentOf(entry, month) : member.quota.kind === 'preliminary' ? null : 0
  const troubled = conduct.cause !== null && month >= 1
  const early = at.getUTCHours() < 4
  const sent = new Date(at.getTime() - stream.integer(5, early ? 55 : 540) * 60_000)
  return {
    code: member.code,
    month: `${pack.head.year}-${String(month + 1).padStart(2, '0')}`,
    actualWan: entry.done[month] ?? 0,
    percent,
    progressText: progressText(pack, entry, month, percent, begun, stream),
    problem: troubled && conduct.cause ? problemText(pack, conduct.cause, stream) : null,
    cause: troubled ? conduct.cause : null,
    nextStep: nextText(pack, entry, troubled, percent, stream),
    inStatistics:
      member.quota.kind === 'preliminary' ? null : begun && stream.uniform() < 0.93 ? '是' : '否',
    reporter: `示例填报员 ${stream.integer(1, 60)}`,
    status: month < TOLD_MONTHS - 1 ? 'verified' : 'submitted',
    reportedAt: sent.toISOString(),
    provenance: 'synthetic',
  }
}

function hasBegun({ conduct }: Entry, year: number, month: number): boolean {
  const next = new Date(Date.UTC(year, month + 1, 1)).toISOString().slice(0, 10)
  return conduct.started !== null && conduct.started < next
}

/** Done since the beginning of the works as a share of the total; unknown where the total is. */
function percentOf({ budget, schedule, done, conduct }: Entry, month: number): number | null {
  const { totalWan, annualWan } = budget
  if (totalWan === null || totalWan === 0) return null
  if (conduct.state === 'early' && month >= schedule.lastMonth) return 100
  const length = schedule.lastMonth - schedule.firstMonth + 1
  const passed = Math.min(1, Math.max(0, -schedule.firstMonth / length))
  const left = totalWan - annualWan
  const before =
    schedule.lastMonth <= 11
      ? schedule.firstMonth < 0
        ? left
        : 0
      : Math.min(left, totalWan * passed)
  const spent = done.slice(0, month + 1).reduce((sum, wan) => sum + (wan ?? 0), 0)
  return Math.min(99, Math.round(((before + spent) / totalWan) * 1000) / 10)
}

function progressText(
  { wording }: PackFiles,
  { member, conduct, schedule }: Entry,
  month: number,
  percent: number | null,
  begun: boolean,
  stream: Random,
): string {
  const { progress } = wording
  const words = () => {
    if (member.quota.kind === 'preliminary') return progress.preliminary
    if (!begun) return progress.waiting
    if (conduct.suspendedOn !== null && month >= Number(conduct.suspendedOn.slice(5, 7)) - 1) {
      return progress.suspended
    }
    if (conduct.state === 'early' && month >= schedule.lastMonth) return progress.done
    if (percent === null) return progress.middle
    return percent < 25 ? progress.early : percent < 70 ? progress.middle : progress.late
  }
  const text = stream.pick(words())
  return percent === null
    ? text.replace(/，[^，]*\{percent\}%/, '')
    : text.replace('{percent}', String(percent))
}

function problemText({ wording }: PackFiles, cause: string, stream: Random): string {
  const text = stream.pick(wording.causes[cause] ?? [cause])
  return text.replace('{n}', String(stream.integer(2, 45)))
}

function nextText(
  { wording }: PackFiles,
  { member }: Entry,
  troubled: boolean,
  percent: number | null,
  stream: Random,
): string {
  const { next } = wording
  if (member.quota.kind === 'preliminary') return stream.pick(next.preliminary)
  if (percent === 100) return stream.pick(next.done)
  return stream.pick(troubled ? next.delayed : next.ordinary)
}
