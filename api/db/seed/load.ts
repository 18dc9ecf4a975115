/*
 * Loads a city pack into an empty database, by the importer that users have. Every step is written
 * at the instant at which its rows became known, so that any day of the demo can be looked at as it
 * was known then.
 */
import { readFile } from 'node:fs/promises'
import type { ImportNoun, ImportReport, RowResult } from '../../import/contract.ts'
import { importFile } from '../../import/import-file.ts'
import { importRows } from '../../import/import-rows.ts'
import type { Database } from '../database.ts'
import { boundaryFile, outlines, readCounties } from './boundary.ts'
import { issueStory } from './issue-story.ts'
import { type PackFiles, packFile, readHead, readPack } from './pack.ts'
import { rowNumber } from './pack-file.ts'
import { loadPeople } from './people.ts'
import { planningSteps } from './planning-story.ts'
import { type Step, tellStory } from './story.ts'
import { writeBodies, writeDispatches } from './write-dispatches.ts'
import { writeIssues } from './write-issues.ts'
import { writeLight } from './write-light.ts'

const author = (pack: PackFiles) => ({
  actor: '城市数据包',
  reason: `装载${pack.head.city.replace(/市$/, '')}示范数据`,
})

/** Where the clock of a pack's demo begins. @throws Error `PACK_UNKNOWN`, `PACK_INVALID`. */
export async function packStart(name: string): Promise<Date> {
  return new Date((await readHead(name)).clockStart)
}

/** Whether a database holds no facts yet, or only the half of a pack whose loading was cut short. */
export async function wantsPack(db: Database): Promise<boolean> {
  const [row] = await db.sql<{ empty: boolean; half: boolean }[]>`
    select not exists (select from unit) and not exists (select from project) as empty,
           exists (select from setting where key = 'pack' and value ->> 'state' = 'loading') as half`
  return row !== undefined && (row.empty || row.half)
}

/**
 * Loads a pack; what an earlier loading that was cut short had written is removed first.
 * `progress` is told the step and how many of all steps are done.
 * @returns false where another server has loaded one while this one waited for its turn.
 * @throws Error `PACK_UNKNOWN`, `PACK_INVALID`, `PACK_NOT_EMPTY`, `PACK_REFUSED` with the importer's
 * first refusal, its file and row.
 */
export async function loadPack(
  db: Database,
  name: string,
  progress: (step: string, done: number, total: number) => void = () => {},
): Promise<boolean> {
  const pack = await readPack(name)
  if (!(await wantsPack(db))) {
    throw new Error(
      `PACK_NOT_EMPTY: the database already holds units or projects; a pack needs an empty one`,
    )
  }
  return oneServer(db, async () => {
    if (!(await wantsPack(db))) return false
    await load(db, pack, progress)
    return true
  })
}

/** Many transactions, so a lock of the session: a loading under way looks like one cut short. */
async function oneServer<T>(db: Database, work: () => Promise<T>): Promise<T> {
  if (db.kind === 'embedded') return work()
  const holder = await db.sql.reserve()
  try {
    await holder`set statement_timeout = 0`
    await holder`select pg_advisory_lock(${PACK_LOCK})`
    return await work()
  } finally {
    await holder`select pg_advisory_unlock_all()`
    await holder`reset statement_timeout`
    holder.release()
  }
}

const PACK_LOCK = 727004

async function load(
  db: Database,
  pack: PackFiles,
  progress: (step: string, done: number, total: number) => void,
): Promise<void> {
  const counties = await readCounties(pack.head.boundary)
  const { entries, steps: files } = tellStory(pack, outlines(counties))
  const steps = [...files, ...planningSteps(pack, entries)].sort(
    (a, b) => a.at.getTime() - b.at.getTime(),
  )
  await begin(db, pack.name)
  const total = FILES.length + 4 + steps.length
  let done = 0
  const told = (step: string) => progress(step, done++, total)
  await loadFiles(db, pack, boundaryFile(counties), told)
  for (const step of steps) {
    told(step.what)
    if ('write' in step) await db.transact(author(pack), step.write, step.at)
    else await takeRows(db, pack, step)
  }
  told('部门和人员')
  await loadPeople(db, pack, author(pack), steps.at(-1)?.at ?? new Date(pack.head.known))
  told('问题')
  const issues = issueStory(pack, entries)
  await db.transact(author(pack), (tx) => writeIssues(tx, pack, issues), justBefore(pack))
  told('协调机构和调度单')
  await db.transact(author(pack), (tx) => writeBodies(tx, pack), new Date(pack.head.known))
  await setRule(db, 'dispatch_rule', pack.head.dispatch)
  await db.transact(author(pack), (tx) => writeLight(tx, pack), new Date(pack.head.known))
  await writeDispatches(db, pack, { entries, author: author(pack) })
  await finish(db, pack)
  progress('完成', total, total)
}

async function takeRows(db: Database, pack: PackFiles, step: Step): Promise<void> {
  const { at, noun, what: name, rows } = step
  if (rows.length === 0) return
  accept(pack, await importRows(db, noun, rows, { name, crs: 'wgs84', author: author(pack), at }))
}

/** The minute before the demo begins: all that the issues' steps tell of has happened. */
const justBefore = ({ head }: PackFiles) => new Date(Date.parse(head.clockStart) - 60_000)

/** The pack's own files, and the polygons after the units that they belong to. */
async function loadFiles(
  db: Database,
  pack: PackFiles,
  boundary: Uint8Array,
  told: (step: string) => void,
): Promise<void> {
  const take = async (bytes: Uint8Array, fileName: string, as: ImportNoun, crs: string) => {
    const at = new Date(pack.head.known)
    accept(pack, await importFile(db, { bytes, fileName, as, crs, author: author(pack), at }))
  }
  for (const { file, noun, what } of FILES) {
    told(what)
    await take(await readFile(packFile(pack.name, file)), file, noun, 'wgs84')
    if (noun !== 'unit') continue
    told('县市区边界')
    await take(boundary, '边界.geojson', 'unit', 'gcj02')
  }
}

const FILES: readonly { file: string; noun: ImportNoun; what: string }[] = [
  { file: 'unit.csv', noun: 'unit', what: '填报单位' },
  { file: 'park.geojson', noun: 'park', what: '园区' },
  { file: 'project.csv', noun: 'project', what: '公开报道的项目' },
  { file: 'milestone.csv', noun: 'milestone', what: '公开报道的节点' },
]

/** A pack is loaded into a database without facts; what an interrupted loading left goes first. */
async function begin(db: Database, name: string): Promise<void> {
  await db.sql.begin(async (tx) => {
    const tables = await tx<{ name: string }[]>`
      select quote_ident(tablename) as name from pg_tables
       where schemaname = 'public' and tablename not in ('migration', 'setting', 'spatial_ref_sys')`
    const half = await tx`
      select from setting where key = 'pack' and value ->> 'state' = 'loading'`
    if (half.length > 0)
      await tx.unsafe(`truncate ${tables.map(({ name }) => name).join(', ')} restart identity`)
    await tx`insert into setting (key, value)
      values ('pack', ${tx.json({ name, state: 'loading' })})
      on conflict (key) do update set value = excluded.value`
  })
}

/** A rule that the rest of the loading goes by. */
async function setRule(db: Database, key: string, value: object): Promise<void> {
  await db.sql`
    insert into setting (key, value) values (${key}, ${JSON.stringify(value)}::text::jsonb)
    on conflict (key) do update set value = excluded.value`
}

/** The settings come last: with them the pack counts as loaded. */
async function finish(db: Database, pack: PackFiles): Promise<void> {
  const { city: name, notice, bounds, mapApproval, clockStart, fundSources } = pack.head
  const settings = {
    pack: { name: pack.name, state: 'loaded' },
    city: { name, pack: pack.name, notice, bounds, mapApproval },
    clock: { start: clockStart },
    basemap: pack.basemap,
    season: { shares: pack.recipe.season },
    ...(fundSources ? { fund_source: fundSources } : {}),
    demo: { logins: pack.person.map((row) => row['登录名']?.trim()), wall: '示范大屏' },
  }
  const rows = Object.entries(settings).map(([key, value]) => ({ key, value }))
  await db.sql`
    insert into setting (key, value)
    select r.key, r.value
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(key text, value jsonb)
    on conflict (key) do update set value = excluded.value`
}

function accept(pack: PackFiles, report: ImportReport): void {
  if (!report.written) throw new Error(`PACK_REFUSED: ${refusalOf(pack, report)}`)
}

/** The first refusal of a report, with the pack's file and row that it comes from. */
export function refusalOf(pack: Pick<PackFiles, 'name' | 'list'>, report: ImportReport): string {
  const row = report.rows.find(({ outcome }) => outcome === 'refused')
  const findings = [...report.findings, ...(row?.findings ?? [])]
  const refusal = findings.find((one) => one.level === 'refuse')
  const why = refusal?.message.replace(/^第 \d+ 行：/, '') ?? ''
  const where = row ? originOf(pack, report.fileName, row) : `${pack.name}: ${report.fileName}`
  return `${where}: ${refusal?.code ?? ''} ${why}`
}

/** Where a refused row comes from: its own file, or the list that the generator made it of. */
function originOf(
  pack: Pick<PackFiles, 'name' | 'list'>,
  step: string,
  { row, code, name }: RowResult,
): string {
  if (FILES.some(({ file }) => file === step)) return `${pack.name}/${step}: row ${row}`
  const listed = pack.list.find((one) => one['项目编码'] === code)
  const what = `${code ?? ''} ${name ?? ''}`.trim()
  return listed
    ? `${pack.name}/list.csv: row ${rowNumber(listed)} (${what}, ${step})`
    : `${pack.name}: generated ${what} (${step})`
}
