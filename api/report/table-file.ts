import writeXlsxFile, { type Cell, type Row } from 'write-excel-file/node'
import type { ReportTable, ReportTableRow } from './contract.ts'

const words: Record<string, string> = {
  industry: '产业发展',
  infrastructure: '基础设施',
  livelihood: '社会民生',
  ecology: '生态环保',
  construction: '建设项目',
  preliminary: '前期项目',
}
const heads = [
  '分类',
  '项目个数',
  '已填报',
  '按时填报',
  '年度计划投资（万元）',
  '当月完成投资（万元）',
  '累计完成投资（万元）',
  '完成率',
  '与时间进度差（个百分点）',
]

/**
 * The monthly table as a workbook. Cells are typed: a name that begins with = stays text, a number
 * stays a number.
 * @param city named in the title. @param asOf the day at whose end the figures were known.
 */
export async function tableFile(
  table: ReportTable,
  { city, asOf }: { city: string; asOf: string },
): Promise<Buffer> {
  const [year = '', month = ''] = table.month.split('-')
  const title = `${city}重点项目${year}年${Number(month)}月投资完成情况`
  const time = `时间进度 ${(table.timeShare * 100).toFixed(1)}%；数据截至 ${asOf}；建设项目口径，前期项目不计入完成率`
  const rows: Row[] = [
    [{ value: title, type: String, fontWeight: 'bold', fontSize: 14, columnSpan: heads.length }],
    [{ value: time, type: String, columnSpan: heads.length }],
    heads.map((head) => ({ value: head, type: String, fontWeight: 'bold', wrap: true })),
    lineOf('合计', table.total),
    ...section('项目类别', table.category),
    ...section('建设阶段', table.planKind),
    ...section('隶属', table.unit),
  ]
  const columns = heads.map((_, at) => ({ width: at === 0 ? 22 : 16 }))
  return writeXlsxFile(rows, { columns, sheet: '投资完成情况', stickyRowsCount: 3 }).toBuffer()
}

function section(head: string, rows: readonly ReportTableRow[]): Row[] {
  return [
    [{ value: head, type: String, fontWeight: 'bold', columnSpan: heads.length }],
    ...rows.map((row) => lineOf(row.name ?? words[row.key ?? ''] ?? '', row)),
  ]
}

function lineOf(name: string, row: ReportTableRow): Row {
  const whole = (value: number): Cell => ({ value, type: Number, format: '0' })
  const wan = (value: number): Cell => ({ value, type: Number, format: '#,##0.00' })
  return [
    { value: name, type: String },
    whole(row.projects),
    whole(row.reported),
    whole(row.inTime),
    wan(row.annualWan),
    wan(row.monthWan),
    wan(row.doneWan),
    row.doneShare === null ? null : { value: row.doneShare, type: Number, format: '0.0%' },
    row.aheadOfTime === null
      ? null
      : { value: row.aheadOfTime, type: Number, format: '+0.0;-0.0;0.0' },
  ]
}
