import { Hono } from 'hono'
import { viewOf } from '../city/view.ts'
import type { Deps } from '../deps.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import { askerOf } from '../http/viewer.ts'
import {
  CurveFilter,
  CurveRowFilter,
  CurveRowList,
  InvestmentCurve,
  InvestmentFilter,
  InvestmentList,
} from './contract.ts'
import { curveRows, investmentCurve, investmentOf } from './queries.ts'

export const investmentRoutes = ({ db }: Deps) =>
  new Hono()
    .get(
      '/',
      describe({ tag: '投资', summary: '一个项目逐月投资，计划与完成，万元' }, InvestmentList),
      validate('query', InvestmentFilter),
      async (c) => {
        const { project, asOf } = c.req.valid('query')
        const view = await viewOf(db, asOf)
        const rows = await db.read(askerOf(c), (tx) => investmentOf(tx, view, project))
        return c.json({ rows }, 200)
      },
    )
    .get(
      '/curve',
      describe({ tag: '投资', summary: '全市、单位或园区的年度投资曲线，万元' }, InvestmentCurve),
      validate('query', CurveFilter),
      async (c) => {
        const { asOf, year, unit, park } = c.req.valid('query')
        const view = await viewOf(db, asOf)
        const known = { ...view, year: year ?? view.year }
        const curve = await db.read(askerOf(c), (tx) => investmentCurve(tx, known, { unit, park }))
        return c.json(curve, 200)
      },
    )
    .get(
      '/curve/row',
      describe({ tag: '投资', summary: '年度投资曲线一个月背后的项目，万元' }, CurveRowList),
      validate('query', CurveRowFilter),
      async (c) => {
        const { asOf, year, ...where } = c.req.valid('query')
        const view = await viewOf(db, asOf)
        const known = { ...view, year: year ?? view.year }
        const rows = await db.read(askerOf(c), (tx) => curveRows(tx, known, where))
        return c.json({ rows }, 200)
      },
    )
