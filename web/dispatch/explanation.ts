import type { Proposal } from 'api/dispatch/contract'
import { accountOf, rowOf } from '../shell/account-of.ts'
import type { Account, Asked, Explanations } from '../shell/explanation.ts'
import { dispatchDetail, dispatchProposal } from './queries.ts'

type Money = 'totalWan' | 'annualWan' | 'doneWan'
type Proposed = Proposal['projects'][number]

/** The selection of the URL: the project, else all that the filter leaves; as the form asks for it. */
function selectionOf({ project, rows, table }: Asked): number[] {
  if (project !== null) return [project]
  return Array.from(rows, (row) => table.id[row] ?? 0).sort((a, b) => a - b)
}

const total =
  (money: Money | null) =>
  async (asked: Asked): Promise<Account> => {
    const proposal = await asked.client.fetchQuery(
      dispatchProposal({ projectIds: selectionOf(asked) }),
    )
    const { projects, totals } = proposal
    const reasonOf = (project: Proposed) =>
      money === null || (project.isCounted && project[money] !== null)
        ? null
        : project.isCounted
          ? `${money}Unknown`
          : 'insideSelected'
    const row = (project: Proposed) =>
      rowOf({
        key: String(project.id),
        name: project.name,
        project: project.id,
        note: asked.places.unit.get(project.unitId) ?? '',
        amount: money === null ? 1 : (project[money] ?? 0),
      })
    return accountOf({
      value: money === null ? totals.projects : totals[money],
      form: money === null ? 'count' : 'wan',
      date: asked.table.date,
      rows: projects.filter((project) => reasonOf(project) === null).map(row),
      out: projects.flatMap((project) => {
        const reason = reasonOf(project)
        return reason === null
          ? []
          : [{ ...row(project), reason: asked.t(`explain:reason.${reason}`) }]
      }),
    })
  }

/** Owners of an order (`~<order>`) who have not acknowledged it. */
async function silent({ client, table, t }: Asked, [id = '']: readonly string[]): Promise<Account> {
  const { taskRows, number, title } = await client.ensureQueryData(dispatchDetail(Number(id)))
  const row = (task: (typeof taskRows)[number]) =>
    rowOf({
      key: String(task.id),
      name: task.owner.name,
      note: task.owner.people.map(({ name }) => name).join('、'),
      at: task.dueOn,
      link: `/desk?open=dispatch&dispatch=${id}`,
    })
  const waits = taskRows.filter(({ state }) => state === 'sent')
  return accountOf({
    value: waits.length,
    date: table.date,
    rows: waits.map(row),
    out: taskRows
      .filter(({ state }) => state !== 'sent')
      .map((task) => ({ ...row(task), reason: t('explain:reason.acknowledged') })),
    words: { what: `${number} ${title}` },
  })
}

/** What an order about the selection is about. */
export const dispatchExplanations = {
  'dispatch.silent': silent,
  'dispatch.projects': total(null),
  'dispatch.total': total('totalWan'),
  'dispatch.annual': total('annualWan'),
  'dispatch.done': total('doneWan'),
} satisfies Explanations
