import { queryOptions } from '@tanstack/react-query'
import type { AdoptionInput, LightRule } from 'api/light/rule/contract'
import { api, parseResponse } from '../shell/api.ts'

/** All rule sets, the decisions about them, and the version that judges today. */
export const lightBook = queryOptions({
  queryKey: ['light', 'book'],
  queryFn: () => parseResponse(api.light.book.$get()),
})

/** Who would change colour under a rule, among the projects that the reader sees. */
export const lightPreview = (rule: LightRule) =>
  queryOptions({
    queryKey: ['light', 'preview', rule],
    queryFn: ({ signal }) =>
      parseResponse(api.light.preview.$post({ json: { rule } }, { init: { signal } })),
    retry: false,
    gcTime: 0,
  })

export const adoptRule = (input: AdoptionInput) =>
  parseResponse(api.light.adoption.$post({ json: input }))

/** 绿皮红心, now or as it was known at the end of a day. */
export const disagreements = (asOf: string | null) =>
  queryOptions({
    queryKey: ['light', 'evidence', asOf ?? 'now'],
    queryFn: ({ signal }) =>
      parseResponse(api.light.evidence.$get({ query: asOf ? { asOf } : {} }, { init: { signal } })),
  })
