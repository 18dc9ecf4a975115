import { queryOptions } from '@tanstack/react-query'
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

export interface ForecastPlace {
  unit?: number
  park?: number
}

/** The year's end of the scope or a place in it. Under the money, so that its changes are followed. */
export const yearForecast = ({ unit, park }: ForecastPlace, asOf: string | null) =>
  queryOptions({
    queryKey: ['investment', 'forecast', unit ?? 'all', park ?? 'all', asOf ?? 'now'],
    queryFn: ({ signal }) => {
      const query = {
        ...(unit === undefined ? {} : { unit: String(unit) }),
        ...(park === undefined ? {} : { park: String(park) }),
        ...(asOf ? { asOf } : {}),
      }
      return parseResponse(api.forecast.year.$get({ query }, { init: { signal } }))
    },
    staleTime: 60_000,
  })
