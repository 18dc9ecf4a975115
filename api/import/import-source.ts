/*
 * The importer behind both doors (import-file.ts, import-rows.ts): cells in, a report out; all or
 * nothing unless `partial`.
 */
import { type Crs, parseCrs } from 'geo/crs'
import { PositionError } from 'geo/position'
import { recordEvent } from '../audit/event.ts'
import { chinaDate } from '../clock.ts'
import { type Author, type Database, setNow } from '../db/database.ts'
import { type Transaction, takeYourTime } from '../db/sql.ts'
import { buildReport } from './build-report.ts'
import { type Source, shown } from './cell.ts'
import type { Finding, ImportNoun, ImportReport } from './contract.ts'
import { aboutFile, isRefused, type Table } from './draft.ts'
import { ImportFailure } from './failure.ts'
import { interpret } from './interpret.ts'
import type { Prepared, Preparing } from './prepare.ts'
import { prepareAreas } from './prepare-area.ts'
import { prepareFollowing } from './prepare-following.ts'
import { prepareProjects } from './prepare-project.ts'
import { prepareReferences } from './prepare-reference.ts'
import { writeFacts } from './write-facts.ts'

export interface ImportSettings {
  /** Coordinate system of the file's coordinates, or `auto`. */
  crs?: string
  /** Year for values that leave it out. */
  year?: number
  /** Header in the file → field; `总投资` → `totalWan(亿元)` states a unit too. */
  map?: Readonly<Record<string, string>>
  dryRun?: boolean
  /** Writes the good rows although others are refused. */
  partial?: boolean
  author: Author
  /** When the facts became known; the clock's now by default. */
  at?: Date
  /** Told where the import is: a step in Chinese, rows (or bytes) done and in all. */
  progress?: (step: string, done: number, total: number | null) => void
  /** Aborted when whoever asked has gone: nothing is written then. */
  signal?: AbortSignal
}

/** @throws ImportFailure `IMPORT_CANCELLED` where whoever asked has gone. */
export function stopIfGone(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return
  throw new ImportFailure('IMPORT_CANCELLED', '连接已断开，导入已停止，没有写入任何数据')
}

/** One lock for all imports: two at once would match against each other's unfinished rows. */
const IMPORT_LOCK = 727002

/**
 * Imports what a reader has read. Rows that cannot be taken are in the report, not thrown.
 * @throws ImportFailure where the source as a whole cannot be used, `IMPORT_CANCELLED`
 */
export async function importSource(
  db: Database,
  source: Source,
  settings: ImportSettings,
  file: { fileName: string; sha256: string; as: ImportNoun | undefined },
): Promise<ImportReport> {
  // Every step is told between statements, so that a transaction can end there.
  const progress: NonNullable<ImportSettings['progress']> = (step, done, total) => {
    stopIfGone(settings.signal)
    settings.progress?.(step, done, total)
  }
  const named = requestedCrs(settings.crs ?? 'auto')
  const requested = source.convertedFrom === undefined ? named : 'wgs84'
  const table = await interpret(source, {
    ...(file.as === undefined ? {} : { as: file.as }),
    ...(settings.year === undefined ? {} : { year: settings.year }),
    map: settings.map ?? {},
    progress: (done, total) => progress('识别', done, total),
  })
  const given: Within = { db, table, requested, source, settings: { ...settings, progress }, file }
  return db.transact(settings.author, (tx) => importWithin(tx, given), settings.at)
}

interface Within {
  db: Database
  table: Table
  requested: Crs | 'auto'
  source: Source
  settings: ImportSettings & { progress: NonNullable<ImportSettings['progress']> }
  file: { fileName: string; sha256: string }
}

/** Compares and writes in one transaction; what is thrown takes everything back. */
async function importWithin(tx: Transaction, given: Within): Promise<ImportReport> {
  const { db, table, requested, source, settings, file } = given
  const { progress, dryRun = false, partial = false } = settings
  const told = (done: number) => progress('比对', done, table.drafts.length)
  // A bulk of rows gains nothing from compiling each statement, much from memory to hash in.
  await takeYourTime(tx)
  await tx`select pg_advisory_xact_lock(${IMPORT_LOCK}),
                  set_config('jit', 'off', true), set_config('work_mem', '64MB', true)`
  // Known from now on, not from when it came and waited behind another.
  const now = settings.at ?? db.clock.now()
  await setNow(tx, now)
  told(0)
  const facts = { table, requested, stated: source.crs, today: chinaDate(now), now }
  const prepared = await prepare({ ...facts, tx, progress: told })
  const write = !dryRun && (partial || !table.drafts.some(isRefused))
  const findings = file.sha256 === '' ? [] : await seenBefore(tx, file.sha256)
  if (write) {
    await writeFacts(tx, prepared.facts, (done, total) => progress('写入', done, total))
  }
  const crs = source.convertedFrom ?? prepared.crs
  const outcome = { fileName: file.fileName, dryRun, written: write, crs }
  const report = buildReport({ ...outcome, table, prepared, findings })
  if (write) await recordRun(tx, report, file.sha256)
  await tellAudit(tx, given, report)
  stopIfGone(settings.signal)
  return report
}

/** A run is told with its figures, a trial too: it has read what is stored. */
async function tellAudit(tx: Transaction, given: Within, report: ImportReport): Promise<void> {
  const { db, file, settings } = given
  const { actor, by } = settings.author
  const { counts, noun, dryRun, written } = report
  await recordEvent(tx, db.clock.now(), {
    kind: 'import',
    personId: by?.personId ?? null,
    actor,
    address: by?.address,
    agent: by?.agent,
    noun,
    reason: `${dryRun ? '试导' : '导入'} ${file.fileName}`,
    detail: { ...counts, written, sha256: file.sha256 },
  })
}

function prepare(given: Preparing): Promise<Prepared> {
  switch (given.table.noun) {
    case 'project':
      return prepareProjects(given)
    case 'unit':
    case 'park':
      return prepareAreas(given)
    case 'reference':
      return prepareReferences(given)
    default:
      return prepareFollowing(given)
  }
}

function requestedCrs(name: string): Crs | 'auto' {
  try {
    return parseCrs(name)
  } catch (error) {
    if (!(error instanceof PositionError)) throw error
    throw new ImportFailure(
      'CRS_UNKNOWN',
      `坐标系“${shown(name)}”不认识：可用 auto、wgs84、cgcs2000、gcj02、bd09、gk3-38、gk6-19、gk3-cm113`,
    )
  }
}

async function seenBefore(tx: Transaction, sha256: string): Promise<Finding[]> {
  const [run] = await tx<{ at: string; actor: string; fileName: string }[]>`
    select at, actor, file_name from import_run where sha256 = ${sha256} order by id desc limit 1`
  if (!run) return []
  const day = chinaDate(new Date(run.at))
  const message = `同一个文件在 ${day} 由${run.actor}导入过（${run.fileName}）`
  return [aboutFile('note', 'SAME_FILE', message)]
}

async function recordRun(tx: Transaction, report: ImportReport, sha256: string): Promise<void> {
  const { created, changed, unchanged, refused } = report.counts
  if (created + changed === 0) return
  await tx`
    insert into import_run (noun, file_name, sha256, created, changed, unchanged, refused)
    values (${report.noun}, ${report.fileName}, ${sha256}, ${created}, ${changed}, ${unchanged}, ${refused})`
}
