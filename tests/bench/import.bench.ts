/**
 * A CSV of 100,000 projects through the importer, in rows per second, beside a bare COPY of the
 * same file into a table of text columns, and COPY into the fact tables themselves, their history
 * kept. Then the same file again, which changes nothing.
 */

import { performance } from 'node:perf_hooks'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Database } from 'api/db/database'
import { importFile } from 'api/import/import-file'
import { random } from 'geo/random'
import { openBenchDatabase } from './bench-database.ts'

const ROWS = 100_000
const UNITS = ['天元区', '荷塘区', '芦淞区', '石峰区', '渌口区']
const CATEGORIES = ['产业发展', '基础设施', '社会民生', '生态环保']
const HEAD =
  '项目编码,项目名称,填报单位,类别,行业,总投资（万元）,2023年计划投资（万元）,计划开工时间,计划竣工时间,经度,纬度,位置精度,建设单位,联系人,电话,备注'
const author = { actor: '测速', reason: '导入测速' }

const bench = await openBenchDatabase('import')
if (bench) {
  try {
    await measureImport(bench.db)
  } finally {
    await bench.drop()
  }
}

async function measureImport(db: Database): Promise<void> {
  await loadUnits(db)
  const csv = table(ROWS)
  const bytes = new TextEncoder().encode(csv)
  console.log(`${ROWS.toLocaleString('en')} rows, ${(bytes.length / 1e6).toFixed(1)} MB`)
  const columns = HEAD.split(',').map((_, index) => `c${index} text`)
  await db.sql.unsafe(`create unlogged table bare (${columns.join(', ')})`)
  const bare = await seconds(() => copy(db, 'bare', csv))
  tell('bare COPY of the file, text columns', bare, bare)
  const lag = watchLag()
  const file = { bytes, fileName: '大表.csv', author, crs: 'wgs84' } as const
  const first = await seconds(async () => expectCount('created', await importFile(db, file)))
  tell('import, every row new (400,000 facts with history)', first, bare)
  const again = await seconds(async () => expectCount('unchanged', await importFile(db, file)))
  tell('import of the same file again, nothing changes', again, bare)
  console.log(`longest time that the server did not answer: ${lag()} ms`)
  tell('COPY of the same facts, history kept', await copyFacts(db), bare)
}

function expectCount(outcome: 'created' | 'unchanged', report: { counts: Record<string, number> }) {
  if (report.counts[outcome] !== ROWS)
    throw new Error(`BENCH_WRONG: ${JSON.stringify(report.counts)}`)
}

/** The floor under any import: the facts that it wrote, taken out and copied back in. */
async function copyFacts(db: Database): Promise<number> {
  const tables = ['project', 'plan', 'milestone']
  for (const name of tables) {
    await db.sql.unsafe(`create unlogged table kept_${name} as select * from ${name}`)
  }
  await db.sql`truncate project, plan, milestone, project_history, plan_history, milestone_history,
    change, investment, report`
  return seconds(() =>
    db.transact(author, async (tx) => {
      for (const name of tables) {
        await tx.unsafe(`insert into ${name} overriding system value select * from kept_${name}`)
      }
    }),
  )
}

async function copy(db: Database, name: string, csv: string): Promise<void> {
  const target = await db.sql`copy ${db.sql(name)} from stdin (format csv, header true)`.writable()
  await pipeline(Readable.from(portions(csv)), target)
}

function* portions(text: string): Generator<string> {
  for (let from = 0; from < text.length; from += 65_536) yield text.slice(from, from + 65_536)
}

async function loadUnits(db: Database): Promise<void> {
  await db.transact(author, async (tx) => {
    for (const [index, name] of UNITS.entries()) {
      const west = 112.9 + index * 0.1
      await tx`
        insert into unit (code, name, short_name, level, reports, boundary)
        values (${`U${index}`}, ${name}, ${name}, 'unit', true,
                st_multi(st_makeenvelope(${west}, 27.2, ${west + 0.1}, 27.9, 4326)))`
    }
  })
}

function table(rows: number): string {
  const chance = random('import bench')
  const lines = [HEAD]
  for (let row = 1; row <= rows; row++) {
    const place = row % UNITS.length
    const lon = (112.9 + place * 0.1 + chance.uniform(0, 0.1)).toFixed(6)
    const lat = chance.uniform(27.2, 27.9).toFixed(6)
    const total = chance.integer(1000, 900_000)
    lines.push(
      `B-${row},测速项目${row}号精密零部件产业园,${UNITS[place]},${CATEGORIES[row % 4]},智能装备,${total},${Math.round(total / 4)},2023年${1 + (row % 12)}月,2024-0${1 + (row % 9)}-15,${lon},${lat},场址,某某实业有限公司${row % 500},示例专员${row % 90},000-0000-${row % 9999},建设厂房及配套设施`,
    )
  }
  return lines.join('\n')
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

function tell(name: string, time: number, bare: number): void {
  const rate = Math.round(ROWS / time).toLocaleString('en')
  console.log(
    `${name.padEnd(52)} ${time.toFixed(2).padStart(7)} s  ${rate.padStart(9)} rows/s  ×${(time / bare).toFixed(1)}`,
  )
}

/** The longest gap between two turns of the event loop so far, in milliseconds. */
function watchLag(): () => number {
  let last = performance.now()
  let longest = 0
  setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last - 10)
    last = now
  }, 10).unref()
  return () => Math.round(longest)
}
