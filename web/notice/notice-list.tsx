import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Notice, NoticeRead } from 'api/notice/contract'
import type { MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { readFailure } from '../shell/api.ts'
import { Figure } from '../shell/figure.tsx'
import { FormFailure } from '../shell/form-parts.tsx'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { instantText } from '../ui/date.ts'
import { noticeList, readNotices } from './queries.ts'

/** What the reader was told, each a way to what it is about. `onFollow` runs when one is taken. */
export function NoticeItems({ onFollow }: { onFollow: () => void }) {
  const { t } = useTranslation(['notice'])
  const client = useQueryClient()
  const list = useInfiniteQuery(noticeList)
  const read = useMutation({ mutationFn: (which: NoticeRead) => readNotices(client, which) })
  if (list.isPending) return <ScreenLoading />
  if (list.isError && !list.data) return <ScreenError error={list.error} reset={list.refetch} />
  const rows = list.data.pages.flatMap((page) => page.rows)
  const unread = list.data.pages[0]?.unread ?? 0
  if (rows.length === 0) return <Empty title={t('notice:none')} hint={t('notice:noneHint')} />
  return (
    <>
      <div className="notice-tools">
        <p className="form-hint">
          <Figure name="notice.unread" value={unread}>
            {t('notice:unread', { count: unread })}
          </Figure>
        </p>
        <button
          type="button"
          className="button"
          disabled={unread === 0 || read.isPending}
          onClick={() => read.mutate({ upTo: Math.max(...rows.map(({ id }) => id)) })}
        >
          {t('notice:readAll')}
        </button>
      </div>
      {read.error && <FormFailure failure={readFailure(read.error)} />}
      <ul className="notice-list">
        {rows.map((notice) => (
          <NoticeItem
            key={notice.id}
            notice={notice}
            onTake={() => {
              if (notice.readAt === null) read.mutate({ ids: [notice.id] })
              onFollow()
            }}
          />
        ))}
      </ul>
      {list.hasNextPage && (
        <button
          type="button"
          className="button notice-more"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('notice:more')}
        </button>
      )}
    </>
  )
}

function NoticeItem({ notice, onTake }: { notice: Notice; onTake: () => void }) {
  const { t } = useTranslation(['notice'])
  const router = useRouter()
  const follow = (event: MouseEvent) => {
    // A new tab is the browser's own affair.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    onTake()
    router.history.push(notice.link)
  }
  return (
    <li className="notice-item" data-record="notice" data-unread={notice.readAt === null}>
      <a href={notice.link} onClick={follow}>
        <span className="notice-head">
          <strong>{notice.title}</strong>
          {notice.readAt === null && <span className="notice-new">{t('notice:new')}</span>}
        </span>
        {notice.text !== '' && <span className="notice-text">{notice.text}</span>}
        <span className="notice-meta figure">
          {instantText(notice.at)} · {t(`notice:kind.${notice.kind}`)}
          {notice.forPerson !== null && ` · ${t('notice:for', { name: notice.forPerson })}`}
        </span>
      </a>
    </li>
  )
}
