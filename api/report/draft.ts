import type { Query, Transaction } from '../db/sql.ts'
import { ApiFailure, type FailureDetail, notFound } from '../http/failure.ts'
import type { DraftFields, ReportDraft, ReportDraftInput } from './contract.ts'
import { checkMonth } from './rules.ts'

const empty: Omit<DraftFields, 'key'> = {
  replaces: null,
  percent: '',
  actualWan: '',
  sources: [],
  correctionNote: '',
  progressText: '',
  problem: '',
  cause: '',
  nextStep: '',
  inStatistics: null,
  issue: null,
}

/** The drafts of a project, latest month first. */
export function listDrafts(sql: Query, project: number): Promise<ReportDraft[]> {
  return sql<ReportDraft[]>`
    select project_id, month, fields, saved_by, saved_at from report_draft
     where project_id = ${project}
     order by month desc`
}

/**
 * Saves what was typed into the one draft of the project's month. Two who write in it at a time merge
 * by field; the draft keeps the key that it began with.
 * @throws ApiFailure 404 `PROJECT_NOT_FOUND`, 409 `REPORT_DRAFT_CHANGED`, 409 `REPORT_DRAFT_DONE`,
 * 422 `REPORT_MONTH_FUTURE`.
 */
export async function saveDraft(
  tx: Transaction,
  input: ReportDraftInput,
  by: { personId: number | null; name: string; date: string },
): Promise<ReportDraft> {
  const { projectId, month, fields, seen = {} } = input
  checkMonth(month, by.date)
  const [project] = await tx`select id from project where id = ${projectId}`
  if (!project) throw notFound('project', '项目', projectId)
  await refuseDone(tx, fields.key)
  const begun = { ...empty, ...given(fields) }
  const [made] = await tx`
    insert into report_draft (project_id, month, fields, person_id, saved_by, saved_at)
    values (${projectId}, ${month}, ${tx.json(begun)}, ${by.personId}, ${by.name}, app_now())
    on conflict (project_id, month) do nothing returning id`
  if (!made) {
    const [stored] = await tx<{ fields: DraftFields }[]>`
      select fields from report_draft
       where project_id = ${projectId} and month = ${month} for update`
    // Gone meanwhile: it was filed.
    if (!stored) throw done()
    const merged = merge(stored.fields, fields, seen)
    await tx`
      update report_draft
         set fields = ${tx.json(merged)}, person_id = ${by.personId}, saved_by = ${by.name}, saved_at = app_now()
       where project_id = ${projectId} and month = ${month}`
  }
  const saved = (await listDrafts(tx, projectId)).find((draft) => draft.month === month)
  if (!saved) throw new ApiFailure(500, 'INTERNAL', '草稿没有写入')
  return saved
}

async function refuseDone(tx: Transaction, key: string): Promise<void> {
  const [report] = await tx`select id from report where key = ${key}`
  if (report) throw done()
}

const done = () => new ApiFailure(409, 'REPORT_DRAFT_DONE', '这份填报已经提交，草稿不再保存')

/**
 * The stored draft with the fields that were typed.
 * @throws ApiFailure 409 `REPORT_DRAFT_CHANGED` where somebody else has written something else into a
 * field since it was seen.
 */
export function merge(
  stored: DraftFields,
  typed: ReportDraftInput['fields'],
  seen: NonNullable<ReportDraftInput['seen']>,
): DraftFields {
  const names = (Object.keys(seen) as (keyof DraftFields)[]).filter((name) => name !== 'key')
  const details = names.flatMap((field): FailureDetail[] => {
    const now = stored[field]
    if (typed[field] === undefined || same(now, typed[field]) || same(now, seen[field])) return []
    return [{ field, value: now, code: 'CHANGED', message: '这一项刚被另一处改过' }]
  })
  if (details.length > 0) {
    const message = '草稿有内容刚在另一处被改过，请选择保留哪一份'
    throw new ApiFailure(409, 'REPORT_DRAFT_CHANGED', message, details)
  }
  return { ...stored, ...given(typed), key: stored.key }
}

/** Without the fields that JSON left out: they stay as they are. */
const given = (fields: ReportDraftInput['fields']) =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<DraftFields> & Pick<DraftFields, 'key'>

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
