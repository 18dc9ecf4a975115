import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { inboxQuery } from '../inbox/queries.ts'
import { useMay } from '../session/me.ts'
import { Figure } from '../shell/figure.tsx'
import type { Opened } from '../shell/url-state.ts'
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
          <Fragment key={view}>
            <button
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
            </button>
            {view === 'inbox' && inbox !== undefined && inbox.total > 0 && (
              <Figure
                name="inbox.total"
                value={inbox.total}
                className={`loop-count${inbox.overdue > 0 ? ' loop-count-late' : ''}`}
              />
            )}
          </Fragment>
        ))}
    </>
  )
}
