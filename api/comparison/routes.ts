import { type Context, Hono } from 'hono'
import { viewOf } from '../city/view.ts'
import type { View } from '../db/as-of.ts'
import { again } from '../db/retry.ts'
import type { Deps } from '../deps.ts'
import { describe } from '../http/describe.ts'
import { fieldFailure } from '../http/failure.ts'
import { authorOf } from '../http/guard.ts'
import { validate } from '../http/validate.ts'
import { askerOf, viewerOf } from '../http/viewer.ts'
import type { MapRow } from '../map/derive.ts'
import { rowsIn } from '../map/rows.ts'
import { Comparison, ComparisonFilter, Look } from './contract.ts'
import { noteLook } from './look.ts'
import { compareIssues, compareMilestones, compareReports } from './queries.ts'
import { compareRows, isCounted, summarise } from './rules.ts'

const tag = '比较'

/** GET /comparison: what one has to know of what happened between two days, within one's scope. */
export const comparisonRoutes = (deps: Deps) =>
  new Hono()
    .get(
      '/',
      describe(
        { tag, summary: '两个时刻之间的变化：前后值、各类合计；日期指当日结束' },
        Comparison,
      ),
      validate('query', ComparisonFilter),
      async (c) => {
        return c.json(await compare(deps, c, c.req.valid('query')), 200)
      },
    )
    .post(
      '/look',
      describe({ tag, summary: '记下我在查看，并得知上次查看到什么时候' }, Look),
      async (c) => {
        const { id, kind, viewedBy } = viewerOf(c)
        // A wall is seen by everybody, and who looks as somebody else leaves no trace in that name.
        if (id === null || kind !== 'person' || viewedBy !== null)
          return c.json({ since: null }, 200)
        const author = authorOf(c, '查看')
        const since = await again(() => deps.db.transact(author, (tx) => noteLook(tx, id)))
        return c.json({ since }, 200)
      },
    )

/** @throws ApiFailure 400 `COMPARISON_ORDER`, `AS_OF_FUTURE`. */
async function compare(
  deps: Deps,
  c: Context,
  { from, to, kind }: ComparisonFilter,
): Promise<Comparison> {
  const { db } = deps
  const [early, late] = [await viewOf(db, from), await viewOf(db, to)]
  const [start, end] = [early, late].map(({ asOf }) => (asOf ? new Date(asOf) : db.clock.now()))
  if (!start || !end || start >= end) {
    const message = `开始时刻 ${from} 应早于结束时刻 ${to ?? '现在'}`
    throw fieldFailure(400, 'COMPARISON_ORDER', message, 'from', from)
  }
  const asker = askerOf(c)
  const rowsOf = async (view: View) => {
    const rows = await rowsIn(deps, asker.scope, view)
    return new Map(rows.map((row) => [row.fact.id, row]))
  }
  const [before, after] = [await rowsOf(early), await rowsOf(late)]
  const sameYear = early.year === late.year
  const others = await db.read(asker, async (tx) => [
    ...(await compareMilestones(tx, early, late)),
    ...(await compareReports(tx, early, late)),
    ...(await compareIssues(tx, start, end)),
  ])
  return {
    from: { asOf: start.toISOString(), date: early.date, year: early.year },
    to: { asOf: end.toISOString(), date: late.date, year: late.year },
    doneWan: sameYear ? moreDone(before, after) : null,
    ...summarise([...compareRows(before, after, sameYear), ...others], kind),
  }
}

/** 万元 done more, over the projects that sums count on both days. */
function moreDone(before: ReadonlyMap<number, MapRow>, after: ReadonlyMap<number, MapRow>): number {
  let sum = 0
  for (const [id, row] of after) {
    const old = before.get(id)
    if (isCounted(old) && isCounted(row)) sum += (row.fact.doneWan ?? 0) - (old?.fact.doneWan ?? 0)
  }
  return Math.round(sum * 100) / 100
}
