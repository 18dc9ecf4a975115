import { Hono } from 'hono'
import { viewOf } from '../../city/view.ts'
import type { Deps } from '../../deps.ts'
import { describe } from '../../http/describe.ts'
import { validate } from '../../http/validate.ts'
import { askerOf } from '../../http/viewer.ts'
import { Ledger, LedgerFilter, Slip, SlipFilter, SlipRowFilter, SlipRowList } from './contract.ts'
import { readLedger } from './ledger.ts'
import { readSlip, readSlipRows } from './queries.ts'

const tag = '节点'

export const slipRoutes = ({ db }: Deps) =>
  new Hono()
    .get(
      '/ledger',
      describe({ tag, summary: '一个项目的节点日期台账：每一次变动，最近的在前' }, Ledger),
      validate('query', LedgerFilter),
      async (c) => {
        const { project, asOf } = c.req.valid('query')
        const view = await viewOf(db, asOf)
        const rows = await db.read(askerOf(c), (tx) => readLedger(tx, view, project))
        return c.json({ rows }, 200)
      },
    )
    .get(
      '/slip',
      describe({ tag, summary: '滞后节点数，对原计划和对现计划分别计，按填报单位' }, Slip),
      validate('query', SlipFilter),
      async (c) => {
        const { kind, asOf } = c.req.valid('query')
        const view = await viewOf(db, asOf)
        return c.json(await db.read(askerOf(c), (tx) => readSlip(tx, view, kind)), 200)
      },
    )
    .get(
      '/slip/row',
      describe({ tag, summary: '滞后数和应完成数背后的节点，最多 10000 个' }, SlipRowList),
      validate('query', SlipRowFilter),
      async (c) => {
        const { asOf, ...where } = c.req.valid('query')
        const view = await viewOf(db, asOf)
        const rows = await db.read(askerOf(c), (tx) => readSlipRows(tx, view, where))
        return c.json({ rows }, 200)
      },
    )
