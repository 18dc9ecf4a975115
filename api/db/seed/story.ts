/*
 * The whole of a generated year so far: who is on the list, with what money, how it goes, and when
 * each row became known. Pure: the same pack gives the same story, byte for byte.
 */
import type { MultiPolygonCoordinates } from 'geo/geojson'
import { random } from 'geo/random'
import type { ImportNoun } from '../../import/contract.ts'
import { archiveStep } from './archive-story.ts'
import { type Budget, budgets } from './budget.ts'
import { type Conduct, conducts, doneMonths } from './conduct.ts'
import { quotasOf, readFigures } from './figure.ts'
import { milestoneSteps } from './milestone-story.ts'
import type { PackFiles } from './pack.ts'
import { places } from './place.ts'
import { planSteps } from './plan-story.ts'
import { projectRows } from './project-story.ts'
import { reportSteps } from './report-story.ts'
import { type Member, memberMaker, roster } from './roster.ts'
import { plannedMonths, type Schedule, schedules } from './schedule.ts'

/** A row for the importer: field name → value; null leaves the field as it is. */
export type Row = Record<string, string | number | null>

/** Rows that became known at one instant. */
export interface Step {
  at: Date
  noun: ImportNoun
  what: string
  rows: Row[]
}

/** One project of the list with all that was decided about it. */
export interface Entry {
  member: Member
  schedule: Schedule
  budget: Budget
  planned: readonly number[]
  conduct: Conduct
  /** 万元 of the months told, from January; missing where nothing was told. */
  done: readonly number[]
  /** Off or onto the list in the middle of the year. */
  change: 'added' | 'removed' | null
}

/** Everything to import after the pack's own files, in the order in which it became known. */
export function tellStory(
  pack: PackFiles,
  outline: Map<string, MultiPolygonCoordinates>,
): { entries: Entry[]; steps: Step[] } {
  const entries = writeEntries(pack, outline)
  const base: Step = {
    at: new Date(pack.head.known),
    noun: 'project',
    what: '补足清单的示范项目',
    rows: projectRows(entries),
  }
  const steps = [
    base,
    archiveStep(pack),
    ...milestoneSteps(pack, entries),
    ...planSteps(pack, entries),
    ...reportSteps(pack, entries),
  ]
  return { entries, steps: steps.sort((a, b) => a.at.getTime() - b.at.getTime()) }
}

function writeEntries(pack: PackFiles, outline: Map<string, MultiPolygonCoordinates>): Entry[] {
  const { seed, season } = pack.recipe
  const figures = readFigures(pack.figure)
  const quotas = quotasOf(figures, pack.recipe.preliminary)
  const where = places(pack, outline)
  const members = roster(pack, quotas, where)
  const schedule = schedules(pack, members)
  const budget = budgets(members, schedule, seed)
  const known = new Map(
    members.flatMap((member) => {
      const works = schedule.get(member.code)
      const money = budget.get(member.code)
      if (!works || !money) return []
      const planned = plannedMonths(member, works, money.annualWan, season)
      return [[member.code, { member, schedule: works, budget: money, planned }] as const]
    }),
  )
  const conduct = conducts(pack, members, known)
  const added = joiners(pack, members, conduct)
  const done = doneMonths(pack, members, known, conduct, figures.doneWan)
  const entries = [...known.values()].flatMap((one): Entry[] => {
    const story = conduct.get(one.member.code)
    const change = added.includes(one.member) ? 'added' : null
    return story ? [{ ...one, conduct: story, done: done.get(one.member.code) ?? [], change }] : []
  })
  return [...entries, ...leavers(pack, entries, memberMaker(pack, where))]
}

/** Those that take the place of projects removed in the middle of the year; told from then on. */
function joiners(
  { recipe }: PackFiles,
  members: readonly Member[],
  conduct: ReadonlyMap<string, Conduct>,
): Member[] {
  const open = members.filter(
    (one) =>
      one.generated && one.category === 'industry' && conduct.get(one.code)?.state === 'waiting',
  )
  const chosen = random(recipe.seed).fork('joiners').shuffle(open).slice(0, recipe.replaced.count)
  for (const member of chosen) {
    const one = conduct.get(member.code)
    if (one) one.firstTold = Number(recipe.replaced.on.slice(5, 7)) - 1
  }
  return chosen
}

/** For each joiner a project of the same money that was on the list before and has left it. */
function leavers(
  pack: PackFiles,
  entries: readonly Entry[],
  make: ReturnType<typeof memberMaker>,
): Entry[] {
  const generated = entries.filter((entry) => entry.member.generated).length
  return entries
    .filter((entry) => entry.change === 'added')
    .map((entry, index) => {
      const number = generated + index + 1
      const stream = random(pack.recipe.seed).fork(`leaver ${number}`)
      const { quota, unit } = entry.member
      return {
        ...entry,
        member: make(number, quota, unit, stream),
        conduct: { ...entry.conduct, firstTold: 0, lastTold: 3 },
        done: [0, 0, 0],
        change: 'removed',
      }
    })
}
