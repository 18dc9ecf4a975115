import { type Context, Hono } from 'hono'
import { viewOf } from '../city/view.ts'
import { chinaDate } from '../clock.ts'
import { again } from '../db/retry.ts'
import type { Deps } from '../deps.ts'
import { AsOf } from '../http/contract.ts'
import { describe } from '../http/describe.ts'
import { ApiFailure } from '../http/failure.ts'
import { authorOf } from '../http/guard.ts'
import { Turns } from '../http/turns.ts'
import { validate } from '../http/validate.ts'
import { askerOf, whoOf } from '../http/viewer.ts'
import { rowsIn } from '../map/rows.ts'
import { mapStore } from '../map/store.ts'
import { Disagreements } from './contract.ts'
import { disagreementsOf } from './disagreement.ts'
import { previewRule } from './preview.ts'
import { adoptRule } from './rule/adopt.ts'
import { readBook, readRule, ruleAt } from './rule/book.ts'
import { AdoptionInput, LightBook, LightPreview, LightRule, PreviewInput } from './rule/contract.ts'

/** Each judges every project of its scope. */
const judgingAtOnce = 2
const judgingWaiting = 50
const judgingPatienceMs = 20_000
const tag = '亮灯'

export const lightRoutes = (deps: Deps) => {
  const { db } = deps
  const turns = new Turns(judgingAtOnce, judgingWaiting, judgingPatienceMs)
  const book = async () => {
    const stored = await readBook(db.sql)
    return { ...stored, current: ruleAt(stored, await viewOf(db)) }
  }
  return new Hono()
    .get(
      '/rule',
      describe({ tag, summary: '评判某一天的亮灯规则，默认现在' }, LightRule),
      validate('query', AsOf),
      async (c) => {
        const view = await viewOf(db, c.req.valid('query').asOf)
        return c.json(await readRule(db.sql, view), 200)
      },
    )
    .get(
      '/book',
      describe(
        { tag, summary: '亮灯规则库：全部规则的各个版本，何时起施行、何人、为何' },
        LightBook,
      ),
      async (c) => c.json(await book(), 200),
    )
    .post(
      '/preview',
      describe({ tag, summary: '换一套规则，哪些项目会变灯：只试算，不施行' }, LightPreview),
      validate('json', PreviewInput),
      async (c) => {
        const { rule } = c.req.valid('json')
        const preview = await turns.take(async () => {
          const { rows, date, rule: now } = await mapStore(deps, askerOf(c).scope).current()
          return previewRule(rows, rule, { rule: now, date })
        }, c.req.raw.signal)
        return c.json(preview, 200)
      },
    )
    .post(
      '/adoption',
      describe({ tag, summary: '从某一天起施行一套规则，须说明原因', status: 201 }, LightBook),
      validate('json', AdoptionInput),
      async (c) => {
        const input = c.req.valid('json')
        checkWholeCity(c)
        const by = { ...whoOf(c), today: chinaDate(db.clock.now()) }
        const author = authorOf(c, input.reason)
        await again(() => db.transact(author, (tx) => adoptRule(tx, input, by)))
        return c.json(await book(), 201)
      },
    )
    .get(
      '/evidence',
      describe({ tag, summary: '绿皮红心：填报的灯好于佐证的灯，按投资排序' }, Disagreements),
      validate('query', AsOf),
      async (c) => {
        const view = await viewOf(db, c.req.valid('query').asOf)
        const { scope } = askerOf(c)
        const found = await turns.take(async () => {
          const rule = await readRule(db.sql, view)
          return disagreementsOf(await rowsIn(deps, scope, view), rule, view.date)
        }, c.req.raw.signal)
        return c.json(found, 200)
      },
    )
}

/** @throws ApiFailure 403 `OUT_OF_SCOPE`. */
function checkWholeCity(c: Context): void {
  if (askerOf(c).scope.all) return
  const message = '亮灯规则评判全市项目，须由管辖全市的人来施行'
  throw new ApiFailure(403, 'OUT_OF_SCOPE', message)
}
