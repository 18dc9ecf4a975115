/**
 * A CSV of 100,000 projects: the importer (reading, checking, comparing, history) in rows per second
 * beside a bare COPY of the same bytes into a table without history, and the same file once more.
 */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Database } from 'api/db/database'
import { importFile } from 'api/import/import-file'
import { random } from 'geo/random'
import { openBenchDatabase } from './bench-database.ts'

const rows = 100_000
const author = { actor: 'bench', reason: 'bench' }
const bench = await openBenchDatabase('import')
if (bench) {
  const { db } = bench
  try {
    const csv = Buffer.from(makeCsv())
    console.log(`${rows} rows, ${(csv.length / 1e6).toFixed(1)} MB`)
    await db.transact(
      author,
      (tx) => tx`insert into unit (code, name, short_name, level, reports)
        select 'u' || i, '第' || i || '区', '第' || i || '区', 'unit', true
          from generate_series(1, 10) i`,
    )
    const copied = await copy(db, csv)
    const first = await imported(db, csv, '导入')
    const again = await imported(db, csv, '再次导入同一文件')
    console.log(
      `bare COPY takes ${((copied / first) * 100).toFixed(1)} % of the import's time, ${((copied / again) * 100).toFixed(1)} % of the second one's`,
    )
  } finally {
    await bench.drop()
  }
}

async function copy(db: Database, csv: Buffer): Promise<number> {
  await db.sql`create unlogged table copied (code text, name text, unit text, category text,
    total_wan numeric, enterprise text, lon float8, lat float8)`
  const times: number[] = []
  for (let round = 0; round < 3; round++) {
    await db.sql`truncate copied`
    const began = performance.now()
    const target = await db.sql`copy copied from stdin (format csv, header true)`.writable()
    await pipeline(Readable.from([csv]), target)
    times.push(performance.now() - began)
  }
  const median = times.toSorted((a, b) => a - b)[1] ?? 0
  console.log(line('COPY', median))
  return median
}

async function imported(db: Database, csv: Buffer, name: string): Promise<number> {
  const began = performance.now()
  const report = await importFile(db, { bytes: csv, fileName: 'bench.csv', crs: 'wgs84', author })
  const ms = performance.now() - began
  const { created, changed, unchanged, refused } = report.counts
  console.log(
    `${line(name, ms)}; created ${created}, changed ${changed}, unchanged ${unchanged}, refused ${refused}`,
  )
  if (created + unchanged !== rows) {
    console.log(JSON.stringify(report.rows.find(({ findings }) => findings.length > 0)?.findings))
    throw new Error('not every row was taken')
  }
  return ms
}

function line(name: string, ms: number): string {
  return `${name}: ${(ms / 1000).toFixed(2)} s, ${Math.round(rows / (ms / 1000))} rows/s`
}

function makeCsv(): string {
  const dice = random('import bench')
  const places = ['天元', '荷塘', '石峰', '芦淞', '渌口', '醴陵', '攸县', '茶陵', '炎陵']
  const things = ['轨道交通', '航空动力', '新能源汽车', '陶瓷', '硬质合金', '烟花', '功率半导体']
  const kinds = ['产业园', '生产线', '研发中心', '配套厂房', '道路', '安置房', '治理工程']
  const categories = ['产业', '基础设施', '民生', '生态']
  const lines = ['项目编码,项目名称,填报单位,项目类别,总投资（万元）,建设单位,经度,纬度']
  for (let row = 1; row <= rows; row++) {
    const name = `${dice.pick(places)}${dice.pick(things)}${dice.pick(kinds)}${row}期`
    const place = `${dice.uniform(112.97, 114.26).toFixed(6)},${dice.uniform(26.05, 28.02).toFixed(6)}`
    const money = dice.uniform(500, 90_000).toFixed(2)
    const unit = `第${dice.integer(1, 10)}区`
    lines.push(
      `B-${row},${name},${unit},${dice.pick(categories)},${money},企业${row % 997},${place}`,
    )
  }
  return `${lines.join('\n')}\n`
}
