import i18next from 'i18next'
import { accountOf, rowOf } from '../shell/account-of.ts'
import type { Account, Asked, Explanations } from '../shell/explanation.ts'
import { allIssues, type IssueSearch } from './queries.ts'

/** The search of a list as the URL holds it, and back; the text last, as it may contain anything. */
export const searchKey = ({ mine, state, cause, department, text }: IssueSearch): string[] => [
  mine ? 'mine' : 'all',
  state,
  cause,
  department,
  text,
]
function searchOf(
  [box, state = '', cause = '', department = '', ...text]: readonly string[],
  asOf: string | null,
): IssueSearch {
  return {
    mine: box === 'mine',
    open: state === '',
    state,
    cause,
    department,
    text: text.join('~'),
    asOf,
  }
}

async function found({ client, asOf, table, t }: Asked, of: readonly string[]): Promise<Account> {
  await i18next.loadNamespaces('issue')
  const { total, rows } = await client.fetchQuery(allIssues(searchOf(of, asOf)))
  return accountOf({
    value: total,
    date: table.date,
    rows: rows.map((issue) =>
      rowOf({
        key: String(issue.id),
        name: issue.title,
        note: [issue.project?.name, t(`issue:state.${issue.state}`)].filter(Boolean).join(' · '),
        source: t(`project:provenance.${issue.provenance}`),
        at: issue.receivedAt.slice(0, 10),
        link: `/desk?open=issue&issue=${issue.id}`,
      }),
    ),
  })
}

/** Issues of a list by its search. */
export const issueExplanations = { 'issue.found': found } satisfies Explanations
