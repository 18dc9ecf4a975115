/**
 * Reports through the API beside bare INSERTs of one row, in turn in one run, while 1,000 pages follow
 * the events: each has to hear of every change once and in order.
 */
import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Database } from 'api/db/database'
import { connect, type Sql } from 'api/db/sql'
import { openBenchDatabase } from './bench-database.ts'
import { follow } from './follow.ts'
import { figure } from './measure.ts'

const readers = 1000
/** At a time: as many connections as the server has, so that both sides may commit together. */
const clients = 10
const rounds = 5
const perRound = 300
const goal = 1 / 3
const author = { actor: 'bench', reason: 'bench' }
const agent = new Agent({ keepAlive: true, maxSockets: clients })
const bench = await openBenchDatabase('report')
if (bench) {
  const path = fileURLToPath(new URL('./tile-server.ts', import.meta.url))
  await prepare(bench.db)
  const child = fork(path, [bench.url])
  const bare = connect(bench.url, { max: clients, applicationName: 'onemap-bench' })
  try {
    const { site } = await new Promise<{ site: string }>((resolve, reject) => {
      child.once('message', resolve)
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    })
    const begin = await lastChange(bench.db)
    const heard = new Array<number>(readers).fill(begin)
    let check = () => {}
    const tell = (reader: number, seq: number) => {
      const last = heard[reader] ?? begin
      if (seq !== last + 1) throw new Error(`reader ${reader}: ${seq} after ${last}`)
      heard[reader] = seq
      check()
    }
    await Promise.all(heard.map((_, reader) => follow(site, begin, (seq) => tell(reader, seq))))
    const share = await compare(site, bare)
    const changes = await lastChange(bench.db)
    await new Promise<void>((resolve) => {
      check = () => {
        if (heard.every((seq) => seq >= changes)) resolve()
      }
      check()
    })
    console.log(`${changes - begin} changes heard by ${readers} pages, each once and in order`)
    if (share < goal) process.exitCode = 1
  } catch (error) {
    console.error(error)
    process.exitCode = 1
  } finally {
    await bare.end()
    child.disconnect()
    await bench.drop()
  }
}
process.exit()

/** Who files, and a project for each report, planned by month. */
async function prepare(db: Database): Promise<void> {
  await db.transact(author, async (tx) => {
    await tx`insert into person (login, name) values ('dispatcher', '王调度')`
    await tx`insert into unit (code, name, short_name, level, reports) values ('u', '攸县', '攸县', 'unit', true)`
    await tx`
      insert into project (code, name, unit_id, category)
      select 'B' || n, '测速项目' || n, 1, 'industry' from generate_series(1, ${rounds * perRound}::int) n`
    await tx`
      insert into plan (project_id, year, kind, annual_wan)
      select id, 2023, 'construction', 12000 from project`
    await tx`
      insert into investment (project_id, month, planned_wan)
      select id, make_date(2023, m, 1), 1000 from project, generate_series(1, 12) m`
  })
  await db.sql`create table bare (id bigint generated always as identity primary key, words text)`
  await db.sql`analyze`
}

/** Reports per second as a share of bare INSERTs per second. */
async function compare(site: string, bare: Sql): Promise<number> {
  const times: Record<'insert' | 'report', number[]> = { insert: [], report: [] }
  await inTurn(clients, () => bare`insert into bare (words) values ('warm')`)
  for (let round = 0; round < rounds; round++) {
    times.insert.push(
      await inTurn(perRound, () => bare`insert into bare (words) values ('形象进度')`),
    )
    times.report.push(await inTurn(perRound, (nth) => file(site, round * perRound + nth + 1)))
  }
  const insert = figure(`${perRound} bare INSERTs, ${clients} at a time`, times.insert)
  const report = figure(`${perRound} reports, ${clients} at a time`, times.report)
  const [inserts, reports] = [insert, report].map(({ median }) => (perRound / median) * 1000)
  const share = (reports ?? 0) / (inserts ?? 1)
  console.log(
    `${reports?.toFixed(0)} reports per s beside ${inserts?.toFixed(0)} INSERTs: ${(share * 100).toFixed(0)} %`,
  )
  return share
}

/** Milliseconds for `count` pieces of work, `clients` at a time. */
async function inTurn(count: number, work: (nth: number) => PromiseLike<unknown>): Promise<number> {
  const began = performance.now()
  let next = 0
  const client = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: clients }, client))
  return performance.now() - began
}

function file(site: string, project: number): Promise<void> {
  const body = JSON.stringify({
    key: randomUUID(),
    projectId: project,
    month: '2023-05-01',
    percent: 40.5,
    progressText: '主体结构施工至五层',
    nextStep: '封顶',
    actualWan: 980.5,
  })
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    const asked = request(`${site}/api/report`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume()
      answer.on('end', () =>
        answer.statusCode === 201 ? resolve() : reject(new Error(`answered ${answer.statusCode}`)),
      )
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** The number of changes that were committed, all of them published by then. */
async function lastChange(db: Database): Promise<number> {
  await db.sql`select publish_change()`
  const [row] = await db.sql<{ seq: number }[]>`select max(seq) as seq from change`
  return row?.seq ?? 0
}
