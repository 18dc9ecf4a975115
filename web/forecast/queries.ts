import { queryOptions } from '@tanstack/react-query'
import type { Category } from 'api/project/contract'
import { api, parseResponse } from '../shell/api.ts'

/** Under the project, so that every change of it is followed. */
export const forecastOf = (project: number, asOf: string | null) =>
  queryOptions({
    queryKey: ['project', project, 'forecast', asOf ?? 'now'],
    queryFn: ({ signal }) =>
      parseResponse(
        api.forecast.$get(
          { query: { project: String(project), ...(asOf ? { asOf } : {}) } },
          { init: { signal } },
        ),
      ),
  })

/** A part of the city; nothing given: all that the asker may see. */
export interface ForecastPlace {
  unit?: number
  park?: number
  category?: Category
}

/**
 * The year's end of a place, with each project's own part or without. Under the money, so that its
 * changes are followed.
 */
export const yearForecast = (place: ForecastPlace, asOf: string | null, detail = false) =>
  queryOptions({
    queryKey: ['investment', 'forecast', place, asOf ?? 'now', detail],
    queryFn: ({ signal }) => {
      const { unit, park, category } = place
      const query = {
        ...(unit === undefined ? {} : { unit: String(unit) }),
        ...(park === undefined ? {} : { park: String(park) }),
        ...(category === undefined ? {} : { category }),
        ...(asOf ? { asOf } : {}),
        ...(detail ? { detail: 'true' } : {}),
      }
      return parseResponse(api.forecast.year.$get({ query }, { init: { signal } }))
    },
    staleTime: 60_000,
  })
