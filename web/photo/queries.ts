import { queryOptions } from '@tanstack/react-query'
import type { PhotoNoun } from 'api/photo/contract'
import { api, parseResponse } from '../shell/api.ts'

/** What photos belong to: a row, or the report that will be filed under a key. */
export type PhotoPlace =
  | { noun: PhotoNoun; rowId: number }
  | { noun: 'report'; reportKey: string; projectId: number }

/** Photos and files of one place, newest first; those sent up to the end of a day. */
export const photosOf = (of: PhotoPlace, asOf: string | null = null) =>
  queryOptions({
    queryKey: ['photo', of, asOf ?? 'now'],
    queryFn: async ({ signal }) => {
      const query =
        'rowId' in of
          ? { noun: of.noun, row: String(of.rowId), ...(asOf ? { asOf } : {}) }
          : { reportKey: of.reportKey }
      return (await parseResponse(api.photo.$get({ query }, { init: { signal } }))).rows
    },
  })

/** Where the image or file itself is. */
export const photoAddress = (id: number, size: 'full' | 'small'): string =>
  `/api/photo/${id}/content?size=${size}`
