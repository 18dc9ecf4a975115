import type { AgendaItem } from 'api/agenda/contract'
import i18next from 'i18next'
import type { Account, AccountRow, Asked, Explanations } from '../shell/explanation.ts'
import { agendaQuery, dependantsOf } from './queries.ts'

/** The agenda that the page holds, and the item of a key, which may contain the separator of the URL. */
async function itemOf(asked: Asked, of: readonly string[]): Promise<[AgendaItem, string, string]> {
  await i18next.loadNamespaces(['agenda', 'inbox', 'shell'])
  const agenda = await asked.client.ensureQueryData(agendaQuery)
  const item = agenda.rows.find(({ key }) => key === of.join('~'))
  if (!item) throw new Error(i18next.t('agenda:gone'))
  return [item, agenda.date, agenda.rule]
}

const plain = { source: '', at: '' }
const nameOf = (item: Listed) => item.project?.name ?? item.title

const item =
  (
    form: Account['form'],
    value: (item: AgendaItem) => number,
    rowsOf: (item: AgendaItem, asked: Asked) => Promise<AccountRow[]> | AccountRow[],
  ) =>
  async (asked: Asked, of: readonly string[]): Promise<Account> => {
    const [found, date, rule] = await itemOf(asked, of)
    return {
      value: value(found),
      form,
      method: { kind: 'sum' },
      rule,
      date,
      rows: await rowsOf(found, asked),
      out: [],
      words: { what: nameOf(found), since: found.since },
    }
  }

type Listed = Pick<AgendaItem, 'key' | 'title' | 'project' | 'link'>

const named = (one: Listed) => ({
  key: one.key,
  name: nameOf(one),
  project: null,
  note: one.project ? one.title : '',
  link: one.link,
})

/** How many are shown, or with `all` how many were weighed. */
const counted =
  (all: boolean) =>
  async ({ client, t }: Asked): Promise<Account> => {
    const { rows, rest, date, rule } = await client.ensureQueryData(agendaQuery)
    const kept: Listed[] = all ? [...rows, ...rest] : rows
    return {
      value: kept.length,
      form: 'count',
      method: { kind: 'sum' },
      rule,
      date,
      rows: kept.map((one) => ({ ...plain, ...named(one), amount: 1 })),
      out: all ? [] : rest.map((one) => ({ ...named(one), reason: t('explain:reason.lighter') })),
    }
  }

/** What the decisions of the day weigh. */
export const agendaExplanations = {
  'agenda.count': counted(false),
  'agenda.considered': counted(true),
  /** `~<key of the decision>`, as all below. */
  'agenda.money': item(
    'wan',
    ({ moneyWan }) => moneyWan,
    ({ stakes }) =>
      stakes.map(({ projectId, projectName, moneyWan }) => ({
        ...plain,
        key: String(projectId),
        name: projectName,
        project: projectId,
        note: '',
        amount: moneyWan,
      })),
  ),
  'agenda.days': item(
    'days',
    ({ days }) => days,
    (found) => [
      {
        ...plain,
        key: found.key,
        name: nameOf(found),
        project: null,
        note: '',
        amount: found.days,
        at: found.since,
        link: found.link,
      },
    ],
  ),
  'agenda.dependants': item(
    'count',
    ({ dependants }) => dependants,
    async ({ stakes }, { client, t }) =>
      (await client.fetchQuery(dependantsOf(stakes.map(({ projectId }) => projectId)))).map(
        ({ noun, id, name, projectId, projectName }) => ({
          ...plain,
          key: `${noun}-${id}-${projectId}`,
          name: `${t(`agenda:noun.${noun}`)} ${name}`,
          project: projectId,
          note: projectName,
          amount: 1,
        }),
      ),
  ),
} satisfies Explanations
