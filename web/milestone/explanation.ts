import { accountOf, rowOf } from '../shell/account-of.ts'
import type { Account, Asked, Explanations } from '../shell/explanation.ts'
import { slipFigures, slipRows, waitingPlans, waitingRevisions } from './queries.ts'

type Against = 'due' | 'original' | 'revised'

/** Steps that are due, or late against one of the two plans; the due ones that are not late are left out. */
const slip =
  (against: Against) =>
  async ({ client, table, t }: Asked): Promise<Account> => {
    const { total, date } = await client.ensureQueryData(slipFigures(null))
    const [steps, due] = await Promise.all([
      client.fetchQuery(slipRows(against)),
      client.fetchQuery(slipRows('due')),
    ])
    const row = (step: (typeof steps)[number]) =>
      rowOf({
        key: String(step.milestoneId),
        name: step.projectName,
        project: step.projectId,
        note: step.name,
        at: (against === 'revised' ? step.revisedDate : null) ?? step.originalDate,
      })
    const counted = new Set(steps.map(({ milestoneId }) => milestoneId))
    const value = { due: total.due, original: total.lateOriginal, revised: total.lateRevised }
    return accountOf({
      value: value[against],
      date: date || table.date,
      rows: steps.map(row),
      out: due
        .filter(({ milestoneId }) => !counted.has(milestoneId))
        .map((step) => ({ ...row(step), reason: t('explain:reason.inTime') })),
    })
  }

async function plans({ client, table }: Asked): Promise<Account> {
  const { rows } = await client.ensureQueryData(waitingPlans)
  return accountOf({
    value: rows.length,
    date: table.date,
    rows: rows.map(({ id, projectName, projectId, templateName, proposedAt }) =>
      rowOf({
        key: String(id),
        name: projectName,
        project: projectId,
        note: templateName,
        at: proposedAt.slice(0, 10),
      }),
    ),
  })
}

async function revisions({ client, table }: Asked): Promise<Account> {
  const { rows } = await client.ensureQueryData(waitingRevisions)
  return accountOf({
    value: rows.length,
    date: table.date,
    rows: rows.map(({ id, projectName, projectId, milestoneName, proposedAt }) =>
      rowOf({
        key: String(id),
        name: projectName,
        project: projectId,
        note: milestoneName,
        at: proposedAt.slice(0, 10),
      }),
    ),
  })
}

/** Due and late steps of the scope, and what waits for approval. */
export const milestoneExplanations = {
  'milestone.due': slip('due'),
  'milestone.original': slip('original'),
  'milestone.revised': slip('revised'),
  'milestone.plans': plans,
  'milestone.revisions': revisions,
} satisfies Explanations
