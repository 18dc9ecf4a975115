/*
 * How the demo's projects are planned: the lifecycle's templates, plans of some 前期 projects that were
 * approved, half done, or wait for the dispatch office, and re-baselines of slow works. Generated
 * projects only, told by their codes; the same pack gives the same ones.
 */
import { createHash } from 'node:crypto'
import { random } from 'geo/random'
import { addDays } from '../../calendar/days.ts'
import { addTemplate } from '../../milestone/plan/queries.ts'
import { decidePlan, proposePlan, submitPlan } from '../../milestone/plan/write.ts'
import type { Who } from '../../milestone/write.ts'
import type { Transaction } from '../sql.ts'
import { instant } from './instant.ts'
import type { PackFiles } from './pack.ts'
import type { Entry } from './story.ts'

/** What is written by more than one row of a file. */
export interface PlanningStep {
  at: Date
  what: string
  write: (tx: Transaction) => Promise<void>
}

const office: Who = { id: null, name: '市重点项目调度办' }
/** Plans: approved in February, and of the end of May with the office or not yet handed in. */
const approved = 8
const waiting = 3
const drafts = 2
/** Re-baselines of slow works, decided on 26 May or put forward three days later. */
const granted = 6
const refused = 3
const pending = 8

export function planningSteps(pack: PackFiles, entries: readonly Entry[]): PlanningStep[] {
  const { seed } = pack.recipe
  const shuffled = (name: string, some: readonly Entry[]) =>
    random(seed)
      .fork(name)
      .shuffle([...some])
  const generated = entries.filter(({ member, change }) => member.generated && change === null)
  const early = shuffled(
    'planning',
    generated.filter(({ member }) => member.quota.kind === 'preliminary'),
  )
  const slow = generated.filter(({ conduct }) => conduct.state === 'slow' && conduct.cause !== null)
  const overdue = shuffled('granted', slow.filter(isOverdue)).slice(0, granted)
  const others = shuffled(
    'revision',
    slow.filter((entry) => !overdue.includes(entry)),
  )
  return [
    { at: new Date(pack.head.known), what: '节点模板', write: (tx) => addTemplates(tx, pack) },
    ...early.slice(0, approved).flatMap((entry) => approvedPlan(entry)),
    ...early
      .slice(approved, approved + waiting + drafts)
      .map((entry, at) => openPlan(entry, at < waiting)),
    ...overdue.map((entry) => revisionStep(pack, entry, 'approved')),
    ...others
      .slice(0, refused + pending)
      .map((entry, at) => revisionStep(pack, entry, at < refused ? 'refused' : 'proposed')),
  ]
}

async function addTemplates(tx: Transaction, pack: PackFiles): Promise<void> {
  for (const template of pack.template) await addTemplate(tx, template)
}

const templateOf: Record<Entry['member']['category'], string> = {
  industry: 'enterprise',
  infrastructure: 'government',
  livelihood: 'livelihood',
  ecology: 'ecology',
}

const ownerOf = ({ member }: Entry): Who => ({ id: null, name: `${member.unit}项目专班` })

/** Approved on 20 February; afterwards its first steps are done, with and without being seen. */
function approvedPlan(entry: Entry): PlanningStep[] {
  const { code } = entry.member
  const plan = async (tx: Transaction) => {
    const { plan: proposed } = await proposePlan(
      tx,
      await planInput(tx, entry, '2023-02-06'),
      ownerOf(entry),
    )
    const { id, edition } = await submitPlan(tx, proposed.id, proposed.edition, ownerOf(entry))
    await decidePlan(tx, id, { seen: edition, decision: 'approved' }, office)
  }
  const done = (on: string, step: number, isSeen: boolean): PlanningStep => ({
    at: instant(on, '16:40'),
    what: '前期手续办结',
    write: async (tx) => {
      await tx`
        update milestone m
           set actual_date = ${addDays(on, -2)}, actual_precision = 'day',
               evidence = ${`示范批文〔2023〕${Number(code.slice(-3))}-${step} 号`}
          from (select s.id from milestone s join project p on p.id = s.project_id
                 where p.code = ${code} and s.kind = 'preliminary' and s.code is not null
                 order by s.original_date, s.ordinal offset ${step} limit 1) t
         where m.id = t.id`
      if (!isSeen) return
      await tx`
        update milestone m set verified_by = ${office.name}, verified_at = app_now()
          from project p
         where p.id = m.project_id and p.code = ${code} and m.evidence is not null
           and m.verified_at is null`
    },
  })
  return [
    { at: instant('2023-02-20', '10:00'), what: '节点计划', write: plan },
    done('2023-03-16', 0, true),
    done('2023-04-20', 1, false),
  ]
}

/** At the end of May: with the dispatch office, or not yet handed in. */
function openPlan(entry: Entry, isSubmitted: boolean): PlanningStep {
  return {
    at: instant('2023-05-29', isSubmitted ? '09:20' : '15:10'),
    what: '节点计划',
    write: async (tx) => {
      const { plan } = await proposePlan(
        tx,
        await planInput(tx, entry, '2023-06-05'),
        ownerOf(entry),
      )
      if (isSubmitted) await submitPlan(tx, plan.id, plan.edition, ownerOf(entry))
    },
  }
}

async function planInput(tx: Transaction, { member }: Entry, startOn: string) {
  const [project] = await tx<{ id: number }[]>`select id from project where code = ${member.code}`
  const template = templateOf[member.category]
  return { key: keyOf(`plan ${member.code}`), projectId: project?.id ?? 0, template, startOn }
}

/** Its structure was planned for the first quarter, and may not be done yet. */
function isOverdue({ schedule }: Entry): boolean {
  const planned = Math.round(schedule.firstMonth * 0.4 + schedule.lastMonth * 0.6)
  return planned >= 0 && planned <= 3
}

/** Of the structure that is overdue where it was granted, else of the finish that is expected later. */
function revisionStep(
  pack: PackFiles,
  entry: Entry,
  state: 'approved' | 'refused' | 'proposed',
): PlanningStep {
  const { member, conduct } = entry
  const isDecided = state !== 'proposed'
  const kind = state === 'approved' ? 'structure' : 'finish'
  return {
    at: instant(isDecided ? '2023-05-26' : '2023-05-29', '11:00'),
    what: '节点调整',
    write: async (tx) => {
      const [made] = await tx<{ milestoneId: number; toDate: string }[]>`
        insert into milestone_revision (key, project_id, milestone_id, from_date, from_precision, to_date,
                 cause_code, text, state, proposer, approver, decided_at, note)
        select ${keyOf(`revision ${member.code}`)}, m.project_id, m.id, m.original_date, m.original_precision,
               coalesce(m.forecast_date, m.original_date + 150), ${causeCode(pack, conduct.cause)},
               ${`${conduct.cause ?? ''}未解决，现有进度推算需顺延（示范）`}, ${state}, ${ownerOf(entry).name},
               ${isDecided ? office.name : null}, case when ${isDecided}::boolean then app_now() end,
               ${state === 'refused' ? '请补充赶工措施后再报' : null}
          from milestone m join project p on p.id = m.project_id
         where p.code = ${member.code} and m.kind = ${kind} and m.revised_date is null
           and m.actual_date is null and m.original_date is not null
           and (m.kind = 'structure' or m.forecast_date > m.original_date)
        returning milestone_id, to_date`
      if (!made || state !== 'approved') return
      await tx`
        update milestone set revised_date = ${made.toDate}, revised_precision = 'day', cause = ${conduct.cause}
         where id = ${made.milestoneId}`
    },
  }
}

const causeCode = (pack: PackFiles, name: string | null): string =>
  pack.cause.find((row) => row['名称'] === name)?.['编码'] ?? name ?? ''

/** A key that is the same each time, in the form of a UUID. */
function keyOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
