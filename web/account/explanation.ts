import { accountOf, rowOf } from '../shell/account-of.ts'
import type { Account, Asked, Explanations } from '../shell/explanation.ts'
import { accountList } from './queries.ts'
import { searchAccounts } from './state.ts'

async function found({ client, table, t }: Asked, of: readonly string[]): Promise<Account> {
  const { rows } = await client.ensureQueryData(accountList)
  const text = of.join('~')
  const row = (account: (typeof rows)[number]) =>
    rowOf({
      key: String(account.id),
      name: account.name,
      note: account.login,
      link: `/desk/account?person=${account.id}`,
    })
  const shown = searchAccounts(rows, text)
  return accountOf({
    value: shown.length,
    date: table.date,
    rows: shown.map(row),
    out: rows
      .filter((account) => !shown.includes(account))
      .map((account) => ({ ...row(account), reason: t('explain:reason.filtered') })),
  })
}

/** Accounts of the list by the text that they are searched by: `~<text>`. */
export const accountExplanations = { 'account.found': found } satisfies Explanations
