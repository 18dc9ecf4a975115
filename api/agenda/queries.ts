import { readSetting } from '../db/setting.ts'
import type { Query, Transaction } from '../db/sql.ts'
import type { Waiter } from '../inbox/waiting.ts'
import { readWaiting } from '../inbox/waiting.ts'
import type { MapRow } from '../map/derive.ts'
import { type WeighedCandidate, weigh } from './candidate.ts'
import { type Agenda, AgendaRule, type ProposedKind } from './contract.ts'
import { proposals } from './proposed.ts'
import { proposesTo, rank, usualAgenda } from './rules.ts'
import { readStakes } from './stake.ts'
import { fromInbox, unverified } from './waiting.ts'

/** Proposals that say what the inbox says already, where it leads to the same place. */
const asked: ReadonlySet<ProposedKind> = new Set([
  'issue_escalated',
  'report_missing',
  'order_overdue',
])

/**
 * The rule that decisions are weighed by: the city's own (setting `agenda_rule`), else usualAgenda.
 * @throws Error `RULE_INVALID` when the stored rule is damaged.
 */
const readAgendaRule = (sql: Query): Promise<AgendaRule> =>
  readSetting(sql, 'agenda_rule', AgendaRule, usualAgenda)

/**
 * What needs the asker today: what waits in the inbox and what the data propose of the projects in sight
 * (`rows`), the weightiest first.
 */
export async function readAgenda(
  tx: Transaction,
  waiter: Waiter,
  rows: readonly MapRow[],
): Promise<Agenda> {
  const { viewer, self, may, today } = waiter
  const rule = await readAgendaRule(tx)
  const stakes = await readStakes(tx, today, rows)
  const found = await fromInbox(tx, await readWaiting(tx, waiter))
  const waiting = new Set(found.map(({ link }) => link))
  if (may.has('report:review')) found.push(...(await unverified(tx)))
  // Who looks as somebody else decides nothing.
  const roles = viewer.viewedBy === null ? viewer.grants.map(({ role }) => role) : []
  for (const kind of proposesTo(roles, rule)) {
    const proposed = await proposals[kind](tx, { rows, self, today })
    found.push(...proposed.filter((one) => !(asked.has(kind) && waiting.has(one.link))))
  }
  const weighed = found.map((one) => weigh(one, stakes, today))
  const shown = rank(weighed, rule)
  const isShown = new Set(shown.map(({ key }) => key))
  const rest = weighed.filter(({ key }) => !isShown.has(key))
  return {
    date: today,
    rule: rule.name,
    rows: shown.map(({ projects: _, projectId, ...one }) => ({
      ...one,
      project: aboutOf({ projectId, stakes: one.stakes }),
    })),
    rest: rest.map(({ key, kind, title, link, ...one }) => {
      return { key, kind, title, link, project: aboutOf(one) }
    }),
  }
}

/** The one project that a decision is about; null where it is about several, none, or one out of sight. */
function aboutOf({ projectId, stakes }: Pick<WeighedCandidate, 'projectId' | 'stakes'>) {
  const name = stakes[0]?.projectName
  return projectId === null || name === undefined ? null : { id: projectId, name }
}
