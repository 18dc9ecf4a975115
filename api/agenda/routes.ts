import { Hono } from 'hono'
import { viewOf } from '../city/view.ts'
import { chinaDate } from '../clock.ts'
import type { Deps } from '../deps.ts'
import { readSelf } from '../dispatch/owner.ts'
import { permissionsOf } from '../http/access.ts'
import { describe } from '../http/describe.ts'
import { authorOf } from '../http/guard.ts'
import { validate } from '../http/validate.ts'
import { askerOf, viewerOf } from '../http/viewer.ts'
import { rowsIn } from '../map/rows.ts'
import { Agenda, DependantFilter, DependantList, Reminded, ReminderInput } from './contract.ts'
import { readAgenda } from './queries.ts'
import { remind } from './reminder.ts'
import { listDependants } from './stake.ts'

const tag = '今日必办'

export const agendaRoutes = (deps: Deps) => {
  const { db } = deps
  return new Hono()
    .get(
      '/',
      describe({ tag, summary: '今天要我决定的事，最多十件，按资金 × 天数 × 牵连排序' }, Agenda),
      async (c) => {
        const viewer = viewerOf(c)
        const now = db.clock.now()
        const today = chinaDate(now)
        const rows = await rowsIn(deps, viewer.scope, await viewOf(db))
        const agenda = await db.read(askerOf(c), async (tx) => {
          const self = await readSelf(tx, viewer, today)
          return readAgenda(tx, { viewer, self, may: permissionsOf(viewer), now, today }, rows)
        })
        return c.json(agenda, 200)
      },
    )
    .get(
      '/row',
      describe({ tag, summary: '等着这些项目的：后续节点、子项目、问题、调度单' }, DependantList),
      validate('query', DependantFilter),
      async (c) => {
        const { project } = c.req.valid('query')
        const date = chinaDate(db.clock.now())
        const rows = await db.read(askerOf(c), (tx) => listDependants(tx, date, project))
        return c.json({ rows }, 200)
      },
    )
    .post(
      '/reminder',
      describe(
        { tag, summary: '催办：催一个项目的月报，或自己下达的一项任务；一天一次' },
        Reminded,
      ),
      validate('json', ReminderInput),
      async (c) => {
        const input = c.req.valid('json')
        const viewer = viewerOf(c)
        const today = chinaDate(db.clock.now())
        const reminded = await db.transact(authorOf(c, '催办'), async (tx) => {
          const self = await readSelf(tx, viewer, today)
          return remind(tx, input, { self, name: viewer.name, today })
        })
        return c.json(reminded, 200)
      },
    )
}
