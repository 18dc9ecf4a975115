import type { DraftFields } from 'api/report/contract'
import { type Draft, emptyDraft, fieldsOf } from './draft.ts'

export type DraftField = Exclude<keyof DraftFields, 'key'>

/** A field that was changed here and elsewhere, to different things. */
export interface DraftConflict {
  field: DraftField
  theirs: DraftFields[DraftField]
}

export const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

const names = Object.keys(fieldsOf(emptyDraft(''))).filter((name) => name !== 'key') as DraftField[]

/** The fields that differ from what the server is known to have. */
export const changedFields = (draft: DraftFields, base: DraftFields): DraftField[] =>
  names.filter((name) => !same(draft[name], base[name]))

/**
 * Mine and what the server has, by field: what was changed on one side only is taken from there; what
 * was changed on both stays mine and is told as a conflict. The key is the server's.
 * @param base the fields that both began from.
 */
export function mergeDrafts(
  mine: Draft,
  base: DraftFields,
  theirs: DraftFields,
): { draft: Draft; conflicts: DraftConflict[] } {
  const conflicts: DraftConflict[] = []
  const taken: Partial<Record<DraftField, unknown>> = {}
  for (const field of names) {
    if (same(mine[field], theirs[field])) continue
    if (same(mine[field], base[field])) taken[field] = theirs[field]
    else if (!same(theirs[field], base[field])) conflicts.push({ field, theirs: theirs[field] })
  }
  return { draft: { ...mine, ...taken, key: theirs.key } as Draft, conflicts }
}
