import type { Account } from 'api/account/contract'
import { useTranslation } from 'react-i18next'
import { useGrantWords } from '../session/grant-words.ts'
import { Figure } from '../shell/figure.tsx'
import { instantText } from '../ui/date.ts'
import { stateOf } from './state.ts'

interface AccountRowsProps {
  rows: Account[]
  /** The text that they were searched by. */
  query: string
  selected: number
  onOpen: (id: number) => void
}

/** Who there is: name and login, what they are, how their account stands. */
export function AccountRows({ rows, query, selected, onOpen }: AccountRowsProps) {
  const { t } = useTranslation(['account'])
  const words = useGrantWords(rows.flatMap(({ grants }) => grants))
  if (rows.length === 0) return <p className="account-empty">{t('account:noMatch')}</p>
  return (
    <>
      <p className="account-count">
        <Figure name="account.found" of={[query]} value={rows.length}>
          {t('account:count', { count: rows.length })}
        </Figure>
      </p>
      <ul className="account-rows">
        {rows.map((account) => (
          <li key={account.id}>
            <button
              type="button"
              className="account-row"
              data-record="account"
              data-account={account.login}
              aria-current={account.id === selected}
              onClick={() => onOpen(account.id)}
            >
              <span className="account-name">
                <strong>{account.name}</strong> <span>{account.login}</span>
              </span>
              <StateMark account={account} />
              <span className="account-roles">
                {account.grants.length === 0
                  ? t('account:noRole')
                  : account.grants
                      .map((grant) => `${words.role(grant.role)} · ${words.scope(grant)}`)
                      .join('，')}
              </span>
              <span className="account-seen figure">
                {account.lastSignInAt ? instantText(account.lastSignInAt) : t('account:never')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

/** How the account stands, in a word. */
export function StateMark({ account }: { account: Account }) {
  const { t } = useTranslation(['account'])
  const state = stateOf(account)
  return (
    <span className="account-state" data-state={state}>
      {t(`account:state.${state}`)}
    </span>
  )
}
