import { randomUUID } from 'node:crypto'
import { type Database, databaseOn } from 'api/db/database'
import { again } from 'api/db/retry'
import { connect } from 'api/db/sql'
import { ApiError } from 'api/http/contract'
import { MapSnapshot } from 'api/map/contract'
import { ProjectDetail, ProjectHistory } from 'api/project/contract'
import { ReportList } from 'api/report/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mergeSnapshot } from 'web/project/table.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import { databaseUrl } from '../support/database.ts'

/** One server, and on a server database a second one beside it; all are written to in turn. */
let sites: TestApp[]
let db: Database
let first: TestApp
beforeAll(async () => {
  first = await openSmallCity()
  db = first.deps.db
  const url = await databaseUrl(db)
  sites = [first]
  if (url === null) return
  const sql = connect(url, { max: 10, applicationName: 'onemap' })
  const second = databaseOn(sql, db.clock, null, () => sql.end({ timeout: 5 }))
  sites.push(await openTestApp(second))
})
afterAll(async () => {
  for (const site of sites.slice(1)) {
    await site.close()
    await site.deps.db.close()
  }
  await first.close()
})

const author = { actor: '测试员', reason: '随机的写入' }
const reason = '随机的写入'
/** Project 8 stays out of it. */
const projects = fc.integer({ min: 1, max: 7 })
const months = fc.integer({ min: 1, max: 5 }).map((month) => `2023-0${month}-01`)
const amount = fc.option(fc.integer({ min: 0, max: 1_000_000 }).map((cents) => cents / 100))
const place = fc.option(
  fc.tuple(fc.integer({ min: 11290, max: 11420 }), fc.integer({ min: 2600, max: 2800 })),
)

/** A write as somebody may send it: refused ones are part of the play, failing ones are not. */
type Write = (site: TestApp) => Promise<unknown>

const sent = (method: 'POST' | 'PUT' | 'PATCH', path: string, body: unknown): Write => {
  return async (site) => {
    const answer = await site.send(method, `/api/${path}`, body)
    if (await isConflict(answer)) return
    expect(answer.status).toBeLessThan(500)
  }
}
const stored = (write: Parameters<Database['transact']>[1]): Write => {
  return (site) => again(() => site.deps.db.transact(author, write))
}

/** Refused because of other writers, more often than the server tries by itself: nothing was written. */
async function isConflict(answer: Response): Promise<boolean> {
  if (answer.status !== 503) return false
  const { error } = ApiError.parse(await answer.clone().json())
  return error.code === 'DATABASE_CONFLICT'
}

const anyWrite: fc.Arbitrary<Write> = fc.oneof(
  fc.record({ id: projects, totalWan: amount }).map(({ id, totalWan }) => {
    return sent('PATCH', `project/${id}`, { totalWan, reason })
  }),
  fc.record({ id: projects, at: place }).map(({ id, at }) => {
    const location = at && { type: 'Point', coordinates: [at[0] / 100, at[1] / 100] }
    return sent('PATCH', `project/${id}`, { location, reason })
  }),
  fc.record({ id: projects, parentId: fc.option(projects) }).map(({ id, parentId }) => {
    return sent('PATCH', `project/${id}`, { parentId, reason })
  }),
  fc.record({ id: projects, sideState: fc.constantFrom(null, 'suspended') }).map((one) => {
    return sent('PATCH', `project/${one.id}`, { sideState: one.sideState, reason })
  }),
  fc.record({ projectId: projects, month: months, actualWan: amount }).map((report) => {
    return sent('POST', 'report', { key: randomUUID(), ...report })
  }),
  fc.record({ projectId: projects, kind: fc.constantFrom('start', 'finish') }).map((one) => {
    return sent('PUT', 'milestone', { ...one, actualDate: '2023-05-20', reason })
  }),
  fc.string({ minLength: 1, maxLength: 8 }).map((name) => {
    const made = { code: randomUUID(), name, unitId: 1, category: 'ecology', reason }
    return sent('POST', 'project', made)
  }),
  // What only an import or a later screen does: off the list and on it again, gone altogether.
  fc
    .record({ id: projects, on: fc.option(months) })
    .map(({ id, on }) =>
      stored((tx) => tx`update plan set removed_on = ${on} where project_id = ${id}`),
    ),
  fc.constant(
    stored((tx) => tx`delete from project where id = (select max(id) from project where id > 8)`),
  ),
)

/** Waits until a server has heard of every change that is committed now: they are counted without gaps. */
async function caughtUp(site: TestApp): Promise<void> {
  const [row] = await db.sql<{ last: number }[]>`select count(*) as last from change`
  const { live } = site.deps
  await new Promise<void>((resolve) => {
    const look = () => {
      if (live.seq < (row?.last ?? 0)) return
      stop()
      resolve()
    }
    const stop = live.subscribe(() => queueMicrotask(look))
    look()
  })
}

async function map(site: TestApp, since?: string): Promise<MapSnapshot> {
  const query = since === undefined ? '' : `?since=${since}`
  return MapSnapshot.parse(await (await site.get(`/api/map${query}`)).json())
}

/** What a map says, whenever it was asked and in whatever order it holds the projects. */
function said({ columns, version }: MapSnapshot) {
  const order = columns.id.map((id, row) => ({ id, row })).sort((a, b) => a.id - b.id)
  const sorted = Object.entries(columns).map(([name, values]): [string, unknown[]] => [
    name,
    order.map(({ row }) => values[row]),
  ])
  return { version, columns: Object.fromEntries(sorted) }
}

test('after any writes the maps of all servers, a fresh one and a merged page agree', async () => {
  const pages = await Promise.all(sites.map((site) => map(site)))
  const refresh = async () => {
    for (const [at, site] of sites.entries()) {
      const held = pages[at]
      if (held) pages[at] = mergeSnapshot(held, await map(site, held.version))
    }
  }
  const storms = fc.array(fc.array(anyWrite, { minLength: 1, maxLength: 10 }), {
    minLength: 1,
    maxLength: 4,
  })
  const property = fc.asyncProperty(storms, async (bursts) => {
    for (const burst of bursts) {
      const writes = burst.map((write, at) => write(sites[at % sites.length] ?? first))
      // The pages ask in the middle of it, too.
      await Promise.all([...writes, refresh()])
    }
    for (const site of sites) await caughtUp(site)
    await refresh()
    const fresh = await openTestApp(db)
    const whole = said(await map(fresh))
    await fresh.close()
    for (const site of sites) expect(said(await map(site))).toEqual(whole)
    for (const page of pages) expect(said(page)).toEqual(whole)
  })
  await fc.assert(property, { numRuns: 12, endOnFailure: true })
})

test('racing writes of one project lose nothing: every field, every version, one report', async () => {
  const key = randomUUID()
  const fields = ['note', 'addressText', 'leadDepartment', 'contactLeader', 'serviceOfficer']
  const patches = Array.from({ length: 20 }, (_, at) => ({
    [fields[at % fields.length] ?? 'note']: `第${at}次`,
    reason: `第${at}次`,
  }))
  const report = { key, projectId: 8, month: '2023-05-01', actualWan: 12.5 }
  const others = Array.from({ length: 5 }, () => ({ ...report, key: randomUUID(), actualWan: 1 }))
  const send = async (at: number, ...message: Parameters<TestApp['send']>) => {
    const site = sites[at % sites.length] ?? first
    let answer = await site.send(...message)
    while (await isConflict(answer)) answer = await site.send(...message)
    return answer
  }
  const answers = await Promise.all([
    ...patches.map((body, at) => send(at, 'PATCH', '/api/project/8', body)),
    ...Array.from({ length: 5 }, (_, at) => send(at, 'POST', '/api/report', report)),
    ...others.map((body, at) => send(at, 'POST', '/api/report', body)),
  ])
  const status = answers.map((answer) => answer.status)
  expect(status.slice(0, 20)).toEqual(patches.map(() => 200))
  expect(status.slice(20).filter((one) => one === 201)).toHaveLength(1)
  const { rows } = ReportList.parse(
    await (await first.get('/api/report?project=8&month=2023-05-01')).json(),
  )
  expect(rows).toHaveLength(1)
  const won = answers.slice(20).find((answer) => answer.status === 201)
  expect(rows[0]).toEqual(await won?.json())
  const history = ProjectHistory.parse(await (await first.get('/api/project/8/history')).json())
  const told = history.rows.map((row) => row.reason).filter((text) => text?.startsWith('第'))
  expect(told.toSorted()).toEqual(patches.map((patch) => patch.reason).toSorted())
  const kept = ProjectDetail.parse(await (await first.get('/api/project/8')).json())
  const last = Object.fromEntries(
    history.rows
      .toReversed()
      .flatMap((row) => row.changes.map((change) => [change.field, change.after])),
  )
  for (const field of fields) expect(Reflect.get(kept, field)).toBe(last[field])
  for (const one of sites) await caughtUp(one)
  const [whole, ...rest] = await Promise.all(sites.map(async (one) => said(await map(one))))
  for (const other of rest) expect(other).toEqual(whole)
})
