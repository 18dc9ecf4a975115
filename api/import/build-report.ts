/*
 * The report of an import, row by row.
 */
import { inWords } from './change-words.ts'
import type { Finding, ImportReport, RowResult } from './contract.ts'
import { type Draft, isRefused, type Table, textOf } from './draft.ts'
import { labelOf } from './fields.ts'
import type { Prepared } from './prepare.ts'
import type { Change, Fact } from './store.ts'

const ROWS_MAX = 10_000
/** What the rest of a new dated row is told under. */
const KEYS: ReadonlySet<string> = new Set([
  'projectId',
  'year',
  'month',
  'fundSource',
  'name',
  'provenance',
])

export interface ReportInput {
  fileName: string
  dryRun: boolean
  written: boolean
  table: Table
  prepared: Prepared
  findings: Finding[]
  crs: string
}

/** Past ten thousand rows, only those that somebody has to read are listed. */
export function buildReport(input: ReportInput): ImportReport {
  const { table, prepared } = input
  const factsOf = new Map<Draft, Fact[]>()
  for (const fact of prepared.facts) {
    const list = factsOf.get(fact.draft)
    if (list) list.push(fact)
    else factsOf.set(fact.draft, [fact])
  }
  const counts = { rows: table.drafts.length, created: 0, changed: 0, unchanged: 0, refused: 0 }
  const rows: RowResult[] = []
  const all = table.drafts.length <= ROWS_MAX
  let left = 0
  for (const draft of table.drafts) {
    const result = resultOf(draft, factsOf.get(draft) ?? [], input)
    counts[result.outcome] += 1
    const telling =
      result.outcome === 'refused' || result.findings.length > 0 || result.changes.length > 0
    if (rows.length < ROWS_MAX && (all || telling)) rows.push(result)
    else left += 1
  }
  const findings = [...table.findings, ...prepared.findings, ...input.findings]
  if (left > 0) findings.push(leftOut(left))
  return {
    fileName: input.fileName,
    noun: table.noun,
    dryRun: input.dryRun,
    written: input.written,
    crs: input.crs,
    counts,
    columns: table.columns.map((column) => ({
      ...column,
      label: column.field === null ? null : labelOf(table.noun, column.field),
    })),
    findings,
    rows,
  }
}

function resultOf(draft: Draft, facts: readonly Fact[], input: ReportInput): RowResult {
  const { prepared, table } = input
  const identity = prepared.identify(draft)
  const changes = facts.flatMap((fact) => fact.changes)
  const added = facts.filter((fact) => fact.id === null)
  const isNew = facts.length > 0 && facts.every((fact) => fact.id === null) && prepared.isNew(draft)
  if (!isNew) for (const fact of added) changes.push(...additionsOf(fact))
  return {
    row: draft.row,
    code: (textOf(draft, 'code') ?? identity?.code) || null,
    name: (textOf(draft, 'name') ?? identity?.name) || null,
    outcome: isRefused(draft)
      ? 'refused'
      : isNew
        ? 'created'
        : changes.length > 0
          ? 'changed'
          : 'unchanged',
    changes: changes.flatMap((change) => inWords(table.noun, change, prepared.nameOf) ?? []),
    findings: draft.findings,
    similar: prepared.similar.get(draft) ?? [],
  }
}

/** A dated row that is new under a project that is not. */
function additionsOf({ values, prefix }: Fact): Change[] {
  return Object.entries(values)
    .filter(([field]) => !KEYS.has(field) && !(field === 'kind' && prefix.startsWith('milestone')))
    .map(([field, after]) => ({ field: prefix + field, before: null, after }))
}

function leftOut(rows: number): Finding {
  const message = `行数太多：${rows} 个没有问题的行未在报告中逐行列出`
  return { row: null, field: null, value: null, code: 'ROWS_LEFT_OUT', message, level: 'note' }
}
