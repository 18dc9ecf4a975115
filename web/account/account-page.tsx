import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Account } from 'api/account/contract'
import { useTranslation } from 'react-i18next'
import { useMay } from '../session/me.ts'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import type { AccountSearch } from '../shell/url-state.ts'
import { AccountDetail } from './account-detail.tsx'
import { AccountForm } from './account-form.tsx'
import { AccountRows } from './account-rows.tsx'
import { accountList } from './queries.ts'
import { searchAccounts } from './state.ts'
import './account.css'

const route = getRouteApi('/desk/account')

/** The accounts of the city: the list beside the one that is looked at. */
export default function AccountPage() {
  const { t } = useTranslation(['account', 'session'])
  const { person, q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const may = useMay()
  const list = useQuery(accountList)
  if (list.error) return <ScreenError error={list.error} reset={() => void list.refetch()} />
  if (!list.data) return <ScreenLoading />
  const { rows } = list.data
  const open = (id: string | undefined) =>
    void navigate({ search: (now) => (id === undefined ? drop(now) : { ...now, person: id }) })
  return (
    <div className="account" data-open={person !== undefined}>
      <section className="account-left" aria-label={t('account:list')}>
        <div className="account-tools">
          <input
            type="search"
            className="form-input"
            aria-label={t('account:search')}
            placeholder={t('account:searchHint')}
            value={q}
            onChange={(event) =>
              void navigate({
                search: ({ q: _, ...now }) =>
                  event.target.value === '' ? now : { ...now, q: event.target.value },
                replace: true,
              })
            }
          />
          {may('account:write') && (
            <button type="button" className="button button-primary" onClick={() => open('new')}>
              {t('account:new.open')}
            </button>
          )}
        </div>
        <AccountRows
          rows={searchAccounts(rows, q)}
          query={q}
          selected={Number(person)}
          onOpen={(id) => open(String(id))}
        />
      </section>
      <section className="account-right" aria-label={t('account:detail')}>
        {person === 'new' && may('account:write') ? (
          <AccountForm onDone={(id) => open(id === null ? undefined : String(id))} />
        ) : (
          <Selected rows={rows} person={person} onClose={() => open(undefined)} />
        )}
      </section>
    </div>
  )
}

const drop = ({ person: _, ...rest }: AccountSearch): AccountSearch => rest

function Selected(props: { rows: Account[]; person: string | undefined; onClose: () => void }) {
  const { t } = useTranslation(['account'])
  const account = props.rows.find(({ id }) => String(id) === props.person)
  if (account) {
    return (
      <AccountDetail key={account.id} account={account} rows={props.rows} onClose={props.onClose} />
    )
  }
  return (
    <Empty
      title={t(props.person === undefined ? 'account:none' : 'account:unknown')}
      hint={t('account:noneHint')}
    />
  )
}
