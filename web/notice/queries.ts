import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { Notice, NoticeChannels, NoticeRead } from 'api/notice/contract'
import { api, parseResponse } from '../shell/api.ts'

/** What the reader was told: unread first, then the newest; a page more at a time. */
export const noticeList = infiniteQueryOptions({
  queryKey: ['notice', 'list'],
  initialPageParam: '',
  queryFn: ({ pageParam, signal }) =>
    parseResponse(
      api.notice.$get(
        { query: pageParam === '' ? {} : { after: pageParam } },
        { init: { signal } },
      ),
    ),
  getNextPageParam: ({ next }) => next,
})

/** Which kinds go where beside the page. */
export const noticePreference = queryOptions({
  queryKey: ['notice', 'preference'],
  queryFn: ({ signal }) => parseResponse(api.notice.preference.$get({}, { init: { signal } })),
})

/** Marks as read; the badge and the list follow. */
export async function readNotices(client: QueryClient, read: NoticeRead): Promise<void> {
  await parseResponse(api.notice.read.$post({ json: read }))
  await client.invalidateQueries({ queryKey: noticeList.queryKey })
}

/** Keeps one choice; the answer is what holds now. */
export async function chooseChannels(client: QueryClient, choice: NoticeChannels): Promise<void> {
  const saved = await parseResponse(api.notice.preference.$put({ json: { rows: [choice] } }))
  client.setQueryData(noticePreference.queryKey, saved)
}

/** Every unread notice: they stand first, page by page. */
export const unreadNotices = queryOptions({
  queryKey: ['notice', 'unread'],
  queryFn: async ({ signal }) => {
    const rows: Notice[] = []
    for (let after: string | null = ''; ; ) {
      const query: { after?: string } = after === '' ? {} : { after }
      const page = await parseResponse(api.notice.$get({ query }, { init: { signal } }))
      const unread = page.rows.filter(({ readAt }) => readAt === null)
      rows.push(...unread)
      after = page.next
      if (after === null || unread.length < page.rows.length) return { unread: page.unread, rows }
    }
  },
})
