import { useInfiniteQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Figure, figureMarks } from '../shell/figure.tsx'
import { noticeList } from './queries.ts'
import './notice-bell.css'

const NoticeDialog = lazy(() => import('./notice-dialog.tsx'))

const mostShown = 99

/** What the reader was told, behind a bell that counts the unread; the live stream keeps it true. */
export default function NoticeBell() {
  const { t } = useTranslation(['notice'])
  const [open, setOpen] = useState(false)
  const unread = useInfiniteQuery(noticeList).data?.pages[0]?.unread ?? 0
  const label = unread === 0 ? t('notice:bell') : t('notice:bellUnread', { count: unread })
  return (
    <span className="notice-place">
      <button
        type="button"
        className="button button-quiet button-icon notice-bell"
        aria-label={label}
        title={label}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path
            d="M3 11.5h10L11.8 9.8V7a3.8 3.8 0 0 0-7.6 0v2.8zM6.6 13.4a1.5 1.5 0 0 0 2.8 0"
            fill="none"
            stroke="currentcolor"
            strokeWidth="1.4"
            strokeLinejoin="round"
            strokeLinecap="round"
          />
        </svg>
      </button>
      {unread > 0 && (
        <Figure name="notice.unread" value={unread} className="notice-count">
          {unread > mostShown ? `${mostShown}+` : unread}
        </Figure>
      )}
      <span className="notice-said" role="status" {...figureMarks('notice.unread', [], unread)}>
        {unread > 0 ? label : ''}
      </span>
      <Suspense fallback={null}>{open && <NoticeDialog onClose={() => setOpen(false)} />}</Suspense>
    </span>
  )
}
