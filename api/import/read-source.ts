/*
 * From bytes to cells, by what the bytes are rather than what the name says.
 */
import type { Source } from './cell.ts'
import { checkCells } from './check-cells.ts'
import { ImportFailure } from './failure.ts'
import { readCsv } from './read-csv.ts'
import { readGeojson } from './read-geojson.ts'
import { readXlsx } from './read-xlsx.ts'

/** PDF, images, other archives, programs. */
const OTHER_FORMATS = [
  '%PDF',
  '\x89PNG',
  '\xff\xd8',
  'GIF8',
  'Rar!',
  '7z',
  '\x1f\x8b',
  '\x7fELF',
  'MZ',
]

/**
 * Reads a CSV, XLSX or GeoJSON file; `crs` is what the user says of its coordinates.
 * @throws ImportFailure `FILE_EMPTY`, `FILE_FORMAT`, `CELL_TOO_LONG`, and those of the three readers
 */
export function readSource(bytes: Uint8Array, fileName: string, crs = 'auto'): Source {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  if (bytes.length === 0 || !bytes.subarray(0, 4096).some((byte) => byte > 0x20)) {
    throw new ImportFailure('FILE_EMPTY', `文件“${fileName}”是空的：请选择有内容的文件`)
  }
  if (head.startsWith('PK')) return checkCells(readXlsx(bytes))
  if (head.startsWith('\xd0\xcf\x11\xe0')) {
    throw new ImportFailure(
      'FILE_FORMAT',
      `文件“${fileName}”是旧版 .xls 或加密的工作簿：请去掉密码并另存为 .xlsx`,
    )
  }
  if (OTHER_FORMATS.some((magic) => head.startsWith(magic))) {
    throw new ImportFailure(
      'FILE_FORMAT',
      `文件“${fileName}”不是 CSV、XLSX 或 GeoJSON：请另存为其中之一`,
    )
  }
  if (/^(\xef\xbb\xbf)?\s*<(!doc|html|\?xml|table)/i.test(head)) {
    throw new ImportFailure(
      'FILE_FORMAT',
      `文件“${fileName}”是网页或 XML 格式（系统导出的 .xls 常是这样）：请用 Excel 或 WPS 打开并另存为 .xlsx`,
    )
  }
  return checkCells(readText(bytes, fileName, crs, head))
}

function readText(bytes: Uint8Array, fileName: string, crs: string, head: string): Source {
  const json =
    /\.(geo)?json$/i.test(fileName) || /^(\xef\xbb\xbf)?\s*\{/.test(head.replaceAll('\u001e', ''))
  return json ? readGeojson(bytes, crs) : readCsv(bytes)
}
