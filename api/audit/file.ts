import type { AuditEntry, AuditKind } from './contract.ts'

const kinds: Record<AuditKind, string> = {
  change: '数据变更',
  administration: '管理操作',
  sign_in: '登录',
  sign_in_failed: '登录失败',
  sign_out: '退出',
  export: '导出',
  import: '导入',
  print: '打印',
  denied: '被拒绝的请求',
  verify: '核对留痕',
  archive: '留痕存档',
  shape: '留痕范围',
}
const ops = { insert: '新增', update: '修改', delete: '删除' }
const heads = [
  '编号',
  '时间',
  '类别',
  '姓名',
  '人员编号',
  '地址',
  '程序',
  '操作',
  '对象',
  '记录',
  '项目',
  '原因',
  '内容',
  '算法',
  '哈希',
]

/** The first line; with the mark by which spreadsheets know UTF-8. */
export const auditFileHead = `\ufeff${heads.join(',')}\r\n`

/** One entry as a line of CSV. */
export function auditFileLine(entry: AuditEntry): string {
  const { n, at, kind, actor, personId, address, agent, op, noun, rowId, project, reason } = entry
  const changes = entry.changes.map(
    ({ field, before, after }) => `${field}: ${textOf(before)} → ${textOf(after)}`,
  )
  const detail = Object.entries(entry.detail ?? {}).map(
    ([key, value]) => `${key}: ${textOf(value)}`,
  )
  const cells = [
    n,
    chinaTime(at),
    kinds[kind],
    actor,
    personId,
    address,
    agent,
    op && ops[op],
    noun,
    rowId,
    project,
    reason,
    [...changes, ...detail].join('；'),
    entry.algorithm,
    entry.hash,
  ]
  return `${cells.map(cellOf).join(',')}\r\n`
}

const textOf = (value: unknown): string =>
  value === null || value === undefined
    ? '无'
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)

/** `2023-05-31 09:00:00`, as China's clocks showed it. */
const chinaTime = (at: string): string =>
  new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

/** A text that a spreadsheet would run as a formula is shown as text; a number stays a number. */
export function cellOf(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
