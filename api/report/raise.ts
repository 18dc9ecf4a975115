import type { Transaction } from '../db/sql.ts'
import { type Raiser, raiseIssue } from '../issue/raise.ts'
import type { ReportInput } from './contract.ts'

/**
 * Raises the problem of a report as an issue, in the same transaction. A report has raised at most
 * one: its corrections raise no second.
 * @throws ApiFailure those of raiseIssue.
 */
export async function raiseOnce(
  tx: Transaction,
  reportId: number,
  { projectId, issue }: Pick<ReportInput, 'projectId' | 'issue'>,
  by: Raiser,
): Promise<void> {
  if (issue === undefined) return
  const [raised] = await tx`select from issue where report_id = ${reportId}`
  if (raised) return
  const { key, title, description = '', cause = null, severity = 'normal' } = issue
  const given = { key, title, description, cause, severity, projectId, reportId }
  const outside = { enterprise: null, sensitive: false, sourceText: null, location: null }
  const input = { ...given, ...outside, channel: 'report' as const }
  await raiseIssue(tx, { ...input, raiserName: null, raiserPhone: null }, by)
}
