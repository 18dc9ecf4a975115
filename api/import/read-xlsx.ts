/*
 * XLSX (ECMA-376) as far as tables need it: values, dates and percentages by their number format,
 * merged ranges, stored results of formulas. The directory of the archive is checked before
 * anything is inflated.
 */
import { posix } from 'node:path'
import { strFromU8, type Unzipped, unzipSync } from 'fflate'
import type { Sheet, Source } from './cell.ts'
import { ImportFailure } from './failure.ts'
import { readSheet } from './xlsx-sheet.ts'
import { readSharedStrings, readStyles, walk, XmlFault } from './xlsx-xml.ts'

const INFLATED_MAX = 200 * 1024 * 1024
const RATIO_MAX = 100
/** Below this size a high ratio is harmless: an empty styled sheet compresses a hundredfold too. */
const RATIO_FROM = 8 * 1024 * 1024
const ENTRIES_MAX = 5000
/** Spreadsheets allow 31 characters. */
const NAME_MAX = 100
const WANTED =
  /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/i

/**
 * Reads the visible sheets of a workbook.
 * @throws ImportFailure `XLSX_DAMAGED`, `ZIP_BOMB`, `TOO_MANY_COLUMNS`
 */
export function readXlsx(bytes: Uint8Array): Source {
  guardArchive(bytes)
  const parts = unzip(bytes)
  const part = (path: string): string | null => {
    const data = parts[path] ?? parts[Object.keys(parts).find((key) => same(key, path)) ?? '']
    return data ? strFromU8(data) : null
  }
  try {
    const workbook = part('xl/workbook.xml')
    if (workbook === null) throw damaged('里面没有工作簿（xl/workbook.xml）')
    const strings = readSharedStrings(part('xl/sharedStrings.xml') ?? '')
    const styles = readStyles(part('xl/styles.xml') ?? '')
    const { sheets, date1904 } = readWorkbook(workbook, part('xl/_rels/workbook.xml.rels') ?? '')
    const read: Sheet[] = []
    for (const { name, path } of sheets) {
      const xml = part(path)
      if (xml === null) throw damaged(`工作表“${name}”的内容缺失（${path}）`)
      read.push(readSheet(name, xml, { strings, styles, date1904 }))
    }
    return { format: 'xlsx', sheets: read, crs: null }
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error
    throw damaged('里面的 XML 不完整')
  }
}

interface SheetEntry {
  name: string
  path: string
}

function readWorkbook(xml: string, rels: string): { sheets: SheetEntry[]; date1904: boolean } {
  const targets = new Map<string, string>()
  walk(rels, {
    open: (name, attributes) => {
      if (name !== 'Relationship') return
      const { Id = '', Target = '' } = attributes()
      targets.set(Id, Target.startsWith('/') ? Target.slice(1) : posix.join('xl', Target))
    },
  })
  const sheets: SheetEntry[] = []
  let date1904 = false
  walk(xml, {
    open: (name, attributes) => {
      if (name === 'workbookPr') date1904 = /^(1|true)$/.test(attributes()['date1904'] ?? '')
      if (name !== 'sheet') return
      const values = attributes()
      const id = Object.entries(values).find(([key]) => /(^|:)id$/.test(key))?.[1] ?? ''
      const path = targets.get(id)
      const hidden = /hidden/i.test(values['state'] ?? '')
      if (path?.includes('worksheets/') && !hidden)
        sheets.push({ name: (values['name'] ?? '').slice(0, NAME_MAX), path })
    },
  })
  if (sheets.length === 0) throw damaged('里面没有可见的工作表')
  return { sheets, date1904 }
}

function guardArchive(bytes: Uint8Array): void {
  let [entries, inflated] = [0, 0]
  try {
    unzipSync(bytes, {
      filter: ({ originalSize }) => {
        entries += 1
        inflated += originalSize
        return false
      },
    })
  } catch {
    throw damaged('压缩包的目录读不出（文件可能没有传完整）')
  }
  const bomb = inflated > RATIO_FROM && inflated > bytes.length * RATIO_MAX
  if (inflated > INFLATED_MAX || bomb || entries > ENTRIES_MAX) {
    throw new ImportFailure(
      'ZIP_BOMB',
      `压缩包解开有 ${Math.round(inflated / 1_048_576)} MB、${entries} 个文件（原文件 ${Math.ceil(bytes.length / 1024)} KB）：最多 ${INFLATED_MAX / 1_048_576} MB、${RATIO_MAX} 倍，请删去多余的格式或分成几个文件`,
    )
  }
}

/** fflate inflates into a buffer of the size that the directory states, so the guard holds. */
function unzip(bytes: Uint8Array): Unzipped {
  try {
    return unzipSync(bytes, { filter: ({ name }) => WANTED.test(name) })
  } catch {
    throw damaged('压缩包解不开')
  }
}

function damaged(why: string): ImportFailure {
  return new ImportFailure(
    'XLSX_DAMAGED',
    `XLSX 文件已损坏：${why}；请在 Excel 或 WPS 中打开并另存后再导入`,
  )
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
