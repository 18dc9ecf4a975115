import { Hono } from 'hono'
import { viewOf } from '../city/view.ts'
import type { Deps } from '../deps.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import { askerOf } from '../http/viewer.ts'
import { Forecast, ForecastFilter, YearForecast, YearForecastFilter } from './contract.ts'
import { heldForecast } from './held.ts'
import { readForecast, readYearForecast } from './queries.ts'

const tag = '预测'

export const forecastRoutes = (deps: Deps) => {
  const { db } = deps
  return new Hono()
    .get(
      '/',
      describe(
        {
          tag,
          summary:
            '一个项目的年度曲线、挣得进度和预测：竣工日期与年底投资的 P50、P80，参照已完工的同类项目',
        },
        Forecast,
      ),
      validate('query', ForecastFilter),
      async (c) => {
        const { project, asOf } = c.req.valid('query')
        const view = await viewOf(db, asOf)
        return c.json(await readForecast(db, askerOf(c), view, project), 200)
      },
    )
    .get(
      '/year',
      describe(
        { tag, summary: '全市、单位或园区年底预计完成投资的 P50、P80；没有预测的项目列出原因' },
        YearForecast,
      ),
      validate('query', YearForecastFilter),
      async (c) => {
        const { asOf, ...where } = c.req.valid('query')
        const view = await viewOf(db, asOf)
        const asker = askerOf(c)
        const forecast = await heldForecast(deps, asker.scope, view, where, () =>
          readYearForecast(db, asker, view, where),
        )
        return c.json(forecast, 200)
      },
    )
}
