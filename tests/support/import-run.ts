import type { Database } from 'api/db/database'
import type { ImportNoun, ImportReport } from 'api/import/contract'
import { importFile } from 'api/import/import-file'
import type { ImportSettings } from 'api/import/import-source'

export type Options = Omit<ImportSettings, 'author' | 'at'> & {
  as?: ImportNoun
  fileName?: string
  /** A day, at nine in the morning. */
  at?: string
}

/** Imports text as a file of that name. */
export function runImport(
  db: Database,
  text: string,
  { at, fileName = '表.csv', ...options }: Options = {},
): Promise<ImportReport> {
  return importFile(db, {
    bytes: new TextEncoder().encode(text),
    fileName,
    author: { actor: '测试员', reason: '导入测试' },
    ...options,
    ...(at === undefined ? {} : { at: new Date(`${at}T09:00:00+08:00`) }),
  })
}

/** Codes of what was found, row by row. */
export const rowCodes = (report: ImportReport) =>
  report.rows.map(({ findings }) => findings.map(({ code }) => code))

/** The messages of all rows. */
export const rowMessages = (report: ImportReport) =>
  report.rows.flatMap(({ findings }) => findings.map(({ message }) => message))

/** A square of that size as a GeoJSON polygon. */
export function square(west: number, south: number, size: number) {
  const [east, north] = [west + size, south + size]
  return {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  }
}
