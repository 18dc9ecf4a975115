/*
 * The importer for files: CSV, XLSX and GeoJSON.
 */
import { createHash } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Database } from '../db/database.ts'
import type { ImportNoun, ImportReport } from './contract.ts'
import { type ImportSettings, importSource, stopIfGone } from './import-source.ts'
import { readInWorker } from './read-in-worker.ts'

const SLICE = 4 * 1024 * 1024

export interface ImportFile extends ImportSettings {
  bytes: Uint8Array
  fileName: string
  as?: ImportNoun
}

/**
 * Imports a CSV, XLSX or GeoJSON file. Rows that cannot be taken are in the report, not thrown.
 * @throws ImportFailure where the file as a whole cannot be read, `IMPORT_CANCELLED`
 */
export async function importFile(db: Database, file: ImportFile): Promise<ImportReport> {
  const { bytes, fileName, progress, signal } = file
  const sha256 = await digest(bytes)
  const total = bytes.length
  progress?.('读取文件', 0, total)
  stopIfGone(signal)
  const source = await readInWorker(bytes, fileName, file.crs)
  stopIfGone(signal)
  progress?.('读取文件', total, total)
  return importSource(db, source, file, { fileName, sha256, as: file.as })
}

/** SHA-256 in slices: of a hundred megabytes at once it would keep every other request waiting. */
async function digest(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256')
  for (let from = 0; from < bytes.length; from += SLICE) {
    hash.update(bytes.subarray(from, from + SLICE))
    await breathe()
  }
  return hash.digest('hex')
}
