import { Hono } from 'hono'
import { chinaDate } from '../clock.ts'
import { again } from '../db/retry.ts'
import type { Deps } from '../deps.ts'
import { ById } from '../http/contract.ts'
import { describe } from '../http/describe.ts'
import { authorOf } from '../http/guard.ts'
import { validate } from '../http/validate.ts'
import { askerOf } from '../http/viewer.ts'
import { BodyItemFilter, BodyItemList, BodyList, LadderInput } from './contract.ts'
import { bodyItems, listBodies } from './queries.ts'
import { writeLadder } from './write.ts'

export const bodyRoutes = ({ db }: Deps) => {
  const today = () => chinaDate(db.clock.now())
  return new Hono()
    .get(
      '/',
      describe({ tag: '协调机构', summary: '协调机构的层级、权限和在办事项数' }, BodyList),
      async (c) => c.json(await db.read(askerOf(c), (tx) => listBodies(tx, today())), 200),
    )
    .get(
      '/:id/item',
      describe({ tag: '协调机构', summary: '一个协调机构的在办事项' }, BodyItemList),
      validate('param', ById),
      validate('query', BodyItemFilter),
      async (c) => {
        const { id } = c.req.valid('param')
        const page = c.req.valid('query')
        return c.json(await db.read(askerOf(c), (tx) => bodyItems(tx, id, page, today())), 200)
      },
    )
    .put(
      '/',
      describe({ tag: '协调机构', summary: '设置协调机构的层级、成员和权限' }, BodyList),
      validate('json', LadderInput),
      async (c) => {
        const input = c.req.valid('json')
        const list = await again(() =>
          db.transact(authorOf(c, input.reason), async (tx) => {
            await writeLadder(tx, input)
            return listBodies(tx, today())
          }),
        )
        return c.json(list, 200)
      },
    )
}
