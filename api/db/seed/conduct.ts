/*
 * How each project of the list really goes in the first months: on plan, behind it, silent, stopped,
 * finished. Whether a project is late is decided by chance alone, except in the planted places.
 * No lateness is ever generated for a published project: those are real.
 */
import { random } from 'geo/random'
import { addDays } from '../../calendar/days.ts'
import { allot } from './allot.ts'
import type { PackFiles } from './pack.ts'
import type { Member } from './roster.ts'
import { lastDay, type Schedule } from './schedule.ts'

/** January to May are told. */
export const TOLD_MONTHS = 5

export interface Conduct {
  state: 'ordinary' | 'slow' | 'late-start' | 'waiting' | 'early' | 'suspended' | 'preliminary'
  /** Months told, from January; 0 when the project joined later. */
  lastTold: number
  /** First month told, 0 = January. */
  firstTold: number
  cause: string | null
  /** Day of the actual start, null while it has not begun. */
  started: string | null
  /** Percentage points of the annual plan that a slow project is behind at the end of May. */
  lagPoints: number
  suspendedOn: string | null
}

interface Known {
  schedule: Schedule
  /** Planned 万元 of the twelve months. */
  planned: readonly number[]
}

/** Conduct by project code. */
export function conducts(
  pack: PackFiles,
  members: readonly Member[],
  known: ReadonlyMap<string, Known>,
): Map<string, Conduct> {
  const result = new Map<string, Conduct>()
  for (const member of members) {
    const facts = known.get(member.code)
    if (facts) result.set(member.code, first(pack, member, facts))
  }
  silence(pack, members, result)
  suspend(pack, members, result)
  return result
}

/**
 * What each project has done in January to May, whole 万元, by project code. Late ones do what
 * their lateness leaves them; the others share the rest of `doneWan` in proportion to their plans,
 * so that the counted projects add up to it exactly.
 */
export function doneMonths(
  pack: PackFiles,
  members: readonly Member[],
  known: ReadonlyMap<string, Known>,
  conduct: ReadonlyMap<string, Conduct>,
  doneWan: number,
): Map<string, number[]> {
  const cells = members.flatMap((member) => {
    const facts = known.get(member.code)
    const one = conduct.get(member.code)
    return facts && one ? wishes(pack, member, facts, one) : []
  })
  const fixed = cells.filter((cell) => cell.fixed)
  const open = cells.filter((cell) => !cell.fixed)
  const counted = fixed.filter((cell) => cell.member.counted)
  const taken = counted.reduce((sum, cell) => sum + Math.round(cell.wish), 0)
  const parts = allot(
    doneWan - taken,
    open.map((cell) => ({ weight: cell.wish })),
  )
  const result = new Map<string, number[]>()
  const set = (code: string, month: number, wan: number) => {
    const months = result.get(code) ?? []
    months[month] = wan
    result.set(code, months)
  }
  for (const cell of fixed) set(cell.member.code, cell.month, Math.round(cell.wish))
  for (const [index, cell] of open.entries()) set(cell.member.code, cell.month, parts[index] ?? 0)
  return result
}

interface Cell {
  member: Member
  month: number
  /** 万元, before the ordinary ones are brought to the published total. */
  wish: number
  fixed: boolean
}

function wishes(pack: PackFiles, member: Member, facts: Known, one: Conduct): Cell[] {
  const stream = random(pack.recipe.seed).fork(`done ${member.code}`)
  const annual = facts.planned.reduce((sum, wan) => sum + wan, 0)
  const due = facts.planned.slice(0, TOLD_MONTHS).reduce((sum, wan) => sum + wan, 0)
  const behind = (one.lagPoints / 100) * annual
  const ratio =
    one.state === 'slow'
      ? Math.max(0.12, 1 - behind / Math.max(due, 1))
      : one.state === 'early'
        ? 1
        : 1 + Math.max(-0.05, Math.min(0.05, stream.normal(0, 0.02) * (annual / Math.max(due, 1))))
  const months = Array.from({ length: Math.max(0, one.lastTold) }, (_, month) => month)
  return months
    .filter((month) => month >= one.firstTold)
    .map((month) => {
      const idle = isIdle(one, month, pack.head.year)
      const planned = facts.planned[month] ?? 0
      const wish = idle ? 0 : planned * ratio * stream.uniform(0.94, 1.06)
      const fixed = one.state !== 'ordinary' || !member.counted || wish === 0
      return { member, month, wish, fixed }
    })
}

function isIdle({ started, suspendedOn }: Conduct, month: number, year: number): boolean {
  const end = lastDay(year, month)
  return started === null || started > end || (suspendedOn !== null && suspendedOn <= end)
}

function first(pack: PackFiles, member: Member, { schedule, planned }: Known): Conduct {
  const { recipe, head } = pack
  const stream = random(recipe.seed).fork(`conduct ${member.code}`)
  const chance = stream.uniform()
  const plain: Conduct = {
    state: 'ordinary',
    lastTold: TOLD_MONTHS,
    firstTold: 0,
    cause: null,
    started: schedule.plannedStart ?? `${head.year - 1}-12-31`,
    lagPoints: 0,
    suspendedOn: null,
  }
  if (member.quota.kind === 'preliminary') return { ...plain, state: 'preliminary', started: null }
  if (!member.generated) return plain
  if (schedule.lastMonth < TOLD_MONTHS) return { ...plain, state: 'early' }
  if (schedule.firstMonth >= TOLD_MONTHS) return { ...plain, state: 'waiting', started: null }
  const planted = recipe.planted.find((one) => one.park === member.park)
  const fresh = schedule.firstMonth > 0 && !member.quota.collective
  const share = fresh ? recipe.delay.startShare : recipe.delay.share
  if (chance >= (planted?.share ?? share)) {
    return { ...plain, started: slipped(schedule, head.year, stream.integer(-6, 12)) }
  }
  const cause =
    planted && stream.uniform() < planted.causeShare
      ? planted.cause
      : stream.pick(Object.keys(pack.wording.causes))
  if (fresh && (schedule.plannedStart ?? '') < `${head.year}-05-20`) {
    return { ...plain, state: 'late-start', started: null, cause }
  }
  const annual = planned.reduce((sum, wan) => sum + wan, 0)
  const due = planned.slice(0, TOLD_MONTHS).reduce((sum, wan) => sum + wan, 0)
  const room = (due / Math.max(annual, 1)) * 100
  const lagPoints = Math.min(room * 0.88, stream.uniform(recipe.delay.lagFrom, recipe.delay.lagTo))
  return { ...plain, state: 'slow', cause, lagPoints }
}

/** Works begin some days before or after their plan, but those of the ceremony on its day. */
function slipped(schedule: Schedule, year: number, days: number): string | null {
  const start = schedule.plannedStart
  if (start === null || schedule.firstMonth <= 0) return start
  const day = addDays(start, days)
  return day <= `${year}-05-29` ? day : null
}

/** Some have been silent since February or March, some have not told of May yet. */
function silence(pack: PackFiles, members: readonly Member[], result: Map<string, Conduct>): void {
  const stream = random(pack.recipe.seed).fork('silent')
  const open = members.filter((one) => {
    const state = result.get(one.code)?.state
    return one.generated && (state === 'ordinary' || state === 'slow')
  })
  const { silent, notYetMay } = pack.recipe
  for (const [index, member] of stream
    .shuffle(open)
    .slice(0, silent + notYetMay)
    .entries()) {
    const one = result.get(member.code)
    if (one) one.lastTold = index < silent ? stream.integer(2, 3) : 4
  }
}

function suspend(pack: PackFiles, members: readonly Member[], result: Map<string, Conduct>): void {
  const stream = random(pack.recipe.seed).fork('suspended')
  const open = stream.shuffle(
    members.filter((one) => {
      const conduct = result.get(one.code)
      const running = conduct?.state === 'ordinary' || conduct?.state === 'slow'
      return one.generated && running && conduct.lastTold === TOLD_MONTHS
    }),
  )
  for (const { on, count } of pack.recipe.suspended) {
    for (const member of open.splice(0, count)) {
      const one = result.get(member.code)
      if (one)
        Object.assign(one, { state: 'suspended', suspendedOn: on, cause: one.cause ?? '资金' })
    }
  }
}
