import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { inboxQuery } from '../inbox/queries.ts'
import { useMay } from '../session/me.ts'
import type { Opened } from '../shell/url-state.ts'
import { count } from '../ui/number.ts'
import type { Desk } from './desk-state.ts'

const views = ['agenda', 'inbox', 'issue', 'dispatch', 'approval', 'body'] as const

/** The ways to what closes loops; beside the inbox stands how much waits. */
export function LoopNav({ opened, onOpen }: { opened: Opened | null; onOpen: Desk['open'] }) {
  const { t } = useTranslation(['agenda', 'dispatch', 'inbox', 'issue', 'milestone'])
  const may = useMay()
  const inbox = useQuery(inboxQuery).data
  const words = {
    agenda: t('agenda:title'),
    inbox: t('inbox:title'),
    issue: t('issue:title'),
    dispatch: t('dispatch:title'),
    approval: t('milestone:approval.title'),
    body: t('dispatch:ladder.title'),
  }
  return (
    <>
      {views
        .filter((view) => view !== 'approval' || may('milestone:approve'))
        .map((view) => (
          <button
            key={view}
            type="button"
            aria-pressed={opened?.view === view}
            // Issues open on those that wait for the reader.
            onClick={() =>
              onOpen(
                opened?.view === view ? null : { view, box: view === 'issue' ? 'mine' : 'all' },
              )
            }
          >
            {words[view]}
            {view === 'inbox' && inbox !== undefined && inbox.total > 0 && (
              <span className={`loop-count figure${inbox.overdue > 0 ? ' loop-count-late' : ''}`}>
                {count(inbox.total)}
              </span>
            )}
          </button>
        ))}
    </>
  )
}
