import { z } from 'zod'
import { TaskAction, TaskState } from '../dispatch/contract.ts'
import { DateText, Id, Wan } from '../http/contract.ts'
import { InboxKind } from '../inbox/contract.ts'
import { IssueAction } from '../issue/contract.ts'
import { Role } from '../person/contract.ts'

/** What the data propose though nobody has asked for it yet. */
export const ProposedKind = z.enum([
  /** Red or silent, and no open order about it. */
  'order_project',
  /** Past the planned start, not begun, and no open issue says why. */
  'start_overdue',
  /** A step of the asker's department past its day. */
  'step_overdue',
  /** An order that the asker sent, past its day and not answered. */
  'order_overdue',
  /** A month that is due and was not filed. */
  'report_missing',
  /** An issue that has gone up the ladder. */
  'issue_escalated',
])
export type ProposedKind = z.infer<typeof ProposedKind>

/** What waits in the inbox, and what the data propose. A month's reports are one decision each. */
export const AgendaKind = z.enum([...InboxKind.options, ...ProposedKind.options])
export type AgendaKind = z.infer<typeof AgendaKind>

/** What settles a decision with one tap; `open`: a form that has to be filled in, at `link`. */
export const AgendaAct = z.discriminatedUnion('do', [
  z.object({ do: z.literal('open') }),
  z.object({ do: z.literal('task'), id: Id, action: TaskAction, seen: TaskState }),
  z.object({ do: z.literal('report'), id: Id, key: z.uuid() }),
  z.object({ do: z.literal('plan'), id: Id, seen: z.number().int() }),
  z.object({ do: z.literal('revision'), id: Id }),
  z.object({ do: z.literal('issue'), id: Id, action: IssueAction, version: z.number().int() }),
  z.object({ do: z.literal('remind'), noun: z.enum(['report', 'dispatch']), id: Id }),
])
export type AgendaAct = z.infer<typeof AgendaAct>

/** What a decision holds up: this year's money still to come, 万元, and all that waits for the projects. */
export const Stake = z.object({
  projectId: Id,
  projectName: z.string(),
  /** Annual plan less done, not below nought; nought where the project is not counted. */
  moneyWan: Wan,
  /** Unfinished steps behind the next one, projects within it, its open issues and tasks. */
  dependants: z.number().int(),
})
export type Stake = z.infer<typeof Stake>

/** One decision that needs the asker. */
export const AgendaItem = z.object({
  /** The same decision has the same key, whenever it is asked for. */
  key: z.string(),
  kind: AgendaKind,
  title: z.string(),
  project: z.object({ id: Id, name: z.string() }).nullable(),
  act: AgendaAct,
  /** Address within the page where it is seen whole. */
  link: z.string(),
  /** Day since which it waits or is late; `days` are counted from it. */
  since: DateText,
  days: z.number().int(),
  /** Sums over `stakes`. */
  moneyWan: Wan,
  dependants: z.number().int(),
  stakes: z.array(Stake),
  score: z.number(),
})
export type AgendaItem = z.infer<typeof AgendaItem>

/** GET /agenda: 今日必办, at most ten, the weightiest first. */
export const Agenda = z.object({
  date: DateText,
  /** Name of the rule that ranked. */
  rule: z.string(),
  rows: z.array(AgendaItem).max(10),
  /** What was weighed and is not shown: lighter, or of a kind or project that is there already. */
  rest: z.array(AgendaItem.pick({ key: true, kind: true, title: true, project: true, link: true })),
})
export type Agenda = z.infer<typeof Agenda>

/** One thing that waits for a project. */
export const Dependant = z.object({
  noun: z.enum(['milestone', 'project', 'issue', 'dispatch']),
  id: Id,
  name: z.string(),
  projectId: Id,
  projectName: z.string(),
})
export type Dependant = z.infer<typeof Dependant>
export const DependantFilter = z.object({
  /** Numbers of projects, joined by commas. */
  project: z
    .string()
    .regex(/^\d{1,15}(,\d{1,15}){0,999}$/, { error: '应为项目编号，多个用逗号隔开，最多 1000 个' })
    .transform((text) => text.split(',').map(Number)),
})
/** GET /agenda/row: what waits for these projects, by name. */
export const DependantList = z.object({ rows: z.array(Dependant) })

/** POST /agenda/reminder (催办): of a project's due months, or of a task of one's own order. */
export const ReminderInput = z.strictObject({ noun: z.enum(['report', 'dispatch']), id: Id })
export type ReminderInput = z.infer<typeof ReminderInput>
/**
 * `people`: those who answer for it and have an account; `told`: who of them hears of it now, the others
 * were reminded of it today already.
 */
export const Reminded = z.object({ people: z.number().int(), told: z.number().int() })
export type Reminded = z.infer<typeof Reminded>

const Exponent = z.number().min(0).max(3)

/** Setting `agenda_rule`: how decisions are weighed, and what is proposed to whom. */
export const AgendaRule = z.strictObject({
  name: z.string().min(1).max(40),
  most: z.number().int().min(1).max(10),
  /** Of one kind, while there are others to show. */
  mostOfKind: z.number().int().min(1).max(10),
  /** So much money weighs as much again as none, 万元. */
  moneyUnitWan: z.number().positive(),
  exponent: z.strictObject({ money: Exponent, days: Exponent, dependants: Exponent }),
  /** By kind; 1 where it is not named, 0: never shown. */
  factor: z.partialRecord(AgendaKind, z.number().min(0).max(1000)),
  proposes: z.partialRecord(Role, z.array(ProposedKind)),
})
export type AgendaRule = z.infer<typeof AgendaRule>
