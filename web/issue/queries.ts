import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Issue } from 'api/issue/contract'
import { api, parseResponse } from '../shell/api.ts'

/** What the list is asked for; empty text: everything. */
export interface IssueSearch {
  mine: boolean
  open: boolean
  state: string
  cause: string
  department: string
  text: string
  /** The day that the issues are shown of, null: now. */
  asOf: string | null
}

const queryOf = ({ mine, open, asOf, ...rest }: IssueSearch) => ({
  ...(asOf ? { asOf } : {}),
  ...(mine ? { mine: 'true' } : {}),
  ...(open ? { open: 'true' } : {}),
  ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value.trim() !== '')),
})

/** Page by page, soonest due first. */
export const issueList = (search: IssueSearch) =>
  infiniteQueryOptions({
    queryKey: ['issue', 'list', search],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      parseResponse(
        api.issue.$get(
          { query: { ...queryOf(search), ...(pageParam === '' ? {} : { cursor: pageParam }) } },
          { init: { signal } },
        ),
      ),
    getNextPageParam: ({ next }) => next,
  })

export const projectIssues = (project: number, asOf: string | null) =>
  queryOptions({
    queryKey: ['issue', 'project', project, asOf ?? 'now'],
    queryFn: ({ signal }) =>
      parseResponse(
        api.issue.$get(
          { query: { project: String(project), limit: '100', ...(asOf ? { asOf } : {}) } },
          { init: { signal } },
        ),
      ),
  })

export const issueDetail = (id: number) =>
  queryOptions({
    queryKey: ['issue', 'one', id],
    queryFn: ({ signal }) =>
      parseResponse(api.issue[':id'].$get({ param: { id: String(id) } }, { init: { signal } })),
  })

export const causeList = queryOptions({
  queryKey: ['cause'],
  queryFn: ({ signal }) => parseResponse(api.issue.cause.$get({}, { init: { signal } })),
  select: ({ rows }) => rows.filter(({ active }) => active),
})

/** Open issues that may be the one that is being written down. */
export const similarIssues = (asked: { project: string; cause: string; title: string }) =>
  queryOptions({
    queryKey: ['issue', 'similar', asked],
    enabled: (asked.project !== '' && asked.cause !== '') || asked.title.trim().length >= 4,
    queryFn: ({ signal }) =>
      parseResponse(
        api.issue.similar.$get(
          { query: Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== '')) },
          { init: { signal } },
        ),
      ),
  })

/** Every issue of a search, page by page. */
export const allIssues = (search: IssueSearch) =>
  queryOptions({
    queryKey: ['issue', 'all', search],
    queryFn: async ({ signal }) => {
      const rows: Issue[] = []
      for (let cursor: string | null = ''; ; ) {
        const more: { cursor?: string } = cursor === '' ? {} : { cursor }
        const query = { ...queryOf(search), ...more, limit: '200' }
        const page = await parseResponse(api.issue.$get({ query }, { init: { signal } }))
        rows.push(...page.rows)
        cursor = page.next
        if (cursor === null) return { total: page.total, rows }
      }
    },
  })
