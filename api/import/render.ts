/*
 * What the command line shows of an import: one line of progress, then the report as text.
 */
import type { Finding, ImportNoun, ImportReport, RowResult } from './contract.ts'

const SHOWN = 50
const NOUN: Readonly<Record<ImportNoun, string>> = {
  project: '项目',
  park: '园区',
  unit: '填报单位',
  plan: '年度计划',
  milestone: '节点',
  investment: '月度投资',
  report: '月度填报',
  reference: '往年已完工项目',
}
const MARK = { refuse: '✗ 拒收', warn: '! 注意', note: '· 说明' } as const
const OUTCOME = { created: '新增', changed: '修改', unchanged: '未变', refused: '拒收' } as const

/** A progress function that rewrites one line of a terminal, and says each step once elsewhere. */
export function progressLine(out: NodeJS.WriteStream) {
  let last = ''
  return (step: string, done: number, total: number | null) => {
    const share = total ? ` ${done.toLocaleString('zh-CN')}/${total.toLocaleString('zh-CN')}` : ''
    if (out.isTTY) out.write(`\r\x1b[2K${step}${share}`)
    else if (step !== last) out.write(`${step}${share}\n`)
    last = step
  }
}

/** The report as lines of text: the file, its columns, what to look at, the counts. */
export function renderReport(report: ImportReport): string {
  const { counts } = report
  const lines = [
    `${report.fileName} → ${NOUN[report.noun]}，坐标系 ${report.crs}`,
    `列：${report.columns.map(columnText).join('，')}`,
    ...report.findings.map(
      (finding) => `${MARK[finding.level]} ${finding.code}  ${finding.message}`,
    ),
    ...rowLines(report),
    '',
    `共 ${counts.rows} 行：新增 ${counts.created}，修改 ${counts.changed}，未变 ${counts.unchanged}，拒收 ${counts.refused}`,
    conclusion(report),
  ]
  return lines.join('\n')
}

function columnText(column: ImportReport['columns'][number]): string {
  if (column.field === null) return `${column.header}（未用）`
  const unit = column.unit ? `，${column.unit}` : ''
  return `${column.header}→${column.label}${unit}`
}

function rowLines(report: ImportReport): string[] {
  const lines: string[] = []
  let left = 0
  for (const row of report.rows) {
    if (row.findings.length === 0 && row.changes.length === 0) continue
    if (lines.length < SHOWN) lines.push(...oneRow(row))
    else left += 1
  }
  if (left > 0) lines.push(`  … 另有 ${left} 行，用 --json 看全部`)
  return lines
}

function oneRow(row: RowResult): string[] {
  const head =
    `  第 ${row.row} 行 ${OUTCOME[row.outcome]} ${row.code ?? ''} ${row.name ?? ''}`.trimEnd()
  const told = row.outcome === 'refused' ? [] : row.changes
  const changes = told.map(
    ({ label, before, after }) => `      ${label}：${text(before)} → ${text(after)}`,
  )
  return [head, ...row.findings.map(findingLine), ...changes]
}

function findingLine(finding: Finding): string {
  const message = finding.message.replace(/^(工作表“[^”]*”)?第 \d+ 行：/, '$1')
  return `      ${MARK[finding.level]} ${finding.code}  ${message}`
}

function conclusion({ written, dryRun, counts }: ImportReport): string {
  if (dryRun) return '试运行：没有写入'
  if (written) return counts.refused > 0 ? '已写入其余的行' : '已写入'
  return '没有写入：请改正拒收的行后重新导入，或加 --partial 先写入其余的行'
}

const text = (value: unknown) => (value === null || value === undefined ? '（空）' : String(value))
