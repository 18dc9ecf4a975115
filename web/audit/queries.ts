import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { AuditKind } from 'api/audit/contract'
import { api, parseResponse } from '../shell/api.ts'
import { type AuditSearch, filterOf } from './audit-search.ts'

const resting = 10_000
const checking = 1000

const queryOf = (search: AuditSearch) => {
  const { kind, ...rest } = filterOf(search)
  return { ...rest, ...(kind !== undefined && { kind: kind as AuditKind }) }
}

/** The record page by page, the newest first. */
export const auditList = (search: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'list', queryOf(search)],
    queryFn: ({ signal, pageParam }) => {
      const before = pageParam === null ? {} : { before: String(pageParam) }
      const query = { ...queryOf(search), ...before, limit: '100' }
      return parseResponse(api.audit.$get({ query }, { init: { signal } }))
    },
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  })

/** One entry, which may lie outside of what is listed. */
export const auditEntry = (n: string) =>
  queryOptions({
    queryKey: ['audit', 'entry', n],
    queryFn: async ({ signal }) => {
      const { rows } = await parseResponse(api.audit.$get({ query: { n } }, { init: { signal } }))
      return rows[0] ?? null
    },
  })

/** How far the chain reaches; asked for more often while a check is under way. */
export const auditState = queryOptions({
  queryKey: ['audit', 'state'],
  queryFn: ({ signal }) => parseResponse(api.audit.state.$get({}, { init: { signal } })),
  refetchInterval: ({ state }) => (state.data?.running ? checking : resting),
})

/** Begins a check of the whole record. */
export const checkAudit = () => parseResponse(api.audit.verify.$post())

/** Where the same entries are to be had as a file. */
export const auditFile = (search: AuditSearch): string =>
  `/api/audit/file?${new URLSearchParams(filterOf(search) as Record<string, string>)}`
