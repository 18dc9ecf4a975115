import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { IssueState } from 'api/issue/contract'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Figure } from '../shell/figure.tsx'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { count } from '../ui/number.ts'
import { Choice } from './choice.tsx'
import { searchKey } from './explanation.ts'
import { IssueLine } from './issue-line.tsx'
import { causeList, type IssueSearch, issueList } from './queries.ts'
import type { Named } from './step-particulars.tsx'
import './issue.css'

const states: readonly IssueState[] = [
  'collected',
  'screened',
  'assigned',
  'accepted',
  'in_hand',
  'done',
  'verified',
  'confirmed',
  'escalated',
  'long_term',
  'archived',
  'not_accepted',
  'merged',
]
const boxes = ['mine', 'all'] as const

interface IssueListProps {
  /** What waits for the reader, or everything that may be seen. */
  box: 'mine' | 'all'
  onBox: (box: 'mine' | 'all') => void
  onOpen: (issue: number) => void
  /** Null where the reader may raise none. */
  onRaise: (() => void) | null
  departments: readonly Named[]
  asOf: string | null
}

/** The issues by their clocks, soonest due first; first of all those that wait for the reader. */
export function IssueList({ box, onBox, onOpen, onRaise, departments, asOf }: IssueListProps) {
  const { t } = useTranslation(['issue'])
  const [filter, setFilter] = useState({ state: '', cause: '', department: '', text: '' })
  const search = useDeferredValue({
    ...filter,
    mine: box === 'mine',
    open: filter.state === '',
    asOf,
  })
  return (
    <>
      <div className="issue-tools">
        <fieldset className="issue-boxes">
          <legend className="visually-hidden">{t('issue:box.label')}</legend>
          {boxes.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="issue-box"
                checked={one === box}
                onChange={() => onBox(one)}
              />
              {t(`issue:box.${one}`)}
            </label>
          ))}
        </fieldset>
        {onRaise && (
          <button type="button" className="button button-small" onClick={onRaise}>
            {t('issue:raise.open')}
          </button>
        )}
      </div>
      <Filters
        filter={filter}
        departments={departments}
        onFilter={(patch) => setFilter({ ...filter, ...patch })}
      />
      <Found search={search} onOpen={onOpen} />
    </>
  )
}

type Filter = Omit<IssueSearch, 'mine' | 'open' | 'asOf'>

function Filters(props: {
  filter: Filter
  departments: readonly Named[]
  onFilter: (patch: Partial<Filter>) => void
}) {
  const { filter, departments, onFilter } = props
  const { t } = useTranslation(['issue'])
  const causes = useQuery(causeList).data ?? []
  return (
    <div className="issue-filters">
      <input
        type="search"
        className="form-input"
        aria-label={t('issue:filter.text')}
        placeholder={t('issue:filter.text')}
        maxLength={100}
        value={filter.text}
        onChange={(event) => onFilter({ text: event.target.value })}
      />
      <Choice
        label={t('issue:filter.state')}
        value={filter.state}
        none={t('issue:filter.open')}
        options={states.map((state) => [state, t(`issue:state.${state}`)])}
        onChoose={(state) => onFilter({ state })}
      />
      <Choice
        label={t('issue:filter.cause')}
        value={filter.cause}
        none={t('issue:filter.everyCause')}
        options={causes.map(({ code, name }) => [code, name])}
        onChoose={(cause) => onFilter({ cause })}
      />
      <Choice
        label={t('issue:filter.department')}
        value={filter.department}
        none={t('issue:filter.everyDepartment')}
        options={departments.map(({ id, name }) => [String(id), name])}
        onChoose={(department) => onFilter({ department })}
      />
    </div>
  )
}

function Found({ search, onOpen }: { search: IssueSearch; onOpen: (issue: number) => void }) {
  const { t } = useTranslation(['issue'])
  const list = useInfiniteQuery(issueList(search))
  if (list.error) return <ScreenError error={list.error} reset={() => void list.refetch()} />
  if (!list.data) return <ScreenLoading />
  const rows = list.data.pages.flatMap((page) => page.rows)
  const total = list.data.pages[0]?.total ?? 0
  if (rows.length === 0) {
    const empty = search.mine ? 'mine' : 'all'
    return <Empty title={t(`issue:empty.${empty}`)} hint={t('issue:empty.hint')} />
  }
  return (
    <>
      <p className="issue-sum" role="status">
        <Figure name="issue.found" of={searchKey(search)} value={total}>
          {t('issue:sum', { count: total, total: count(total) })}
        </Figure>
      </p>
      <ul className="issue-lines">
        {rows.map((issue) => (
          <li key={issue.id}>
            <button
              type="button"
              className="issue-line"
              data-record="issue"
              onClick={() => onOpen(issue.id)}
            >
              <IssueLine issue={issue} />
            </button>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <button
          type="button"
          className="button"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('issue:more')}
        </button>
      )}
    </>
  )
}
