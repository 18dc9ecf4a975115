import type { DraftFields } from 'api/report/contract'
import { uuid } from '../ui/uuid.ts'

/** A monthly report as typed; text fields as they stand in the form. `month` is `YYYY-MM`. */
export type Draft = DraftFields & { month: string }

/** What this browser keeps: the draft, and the fields as the server was last known to have them. */
export interface KeptDraft {
  draft: Draft
  /** Null while the server has none of it. */
  base: DraftFields | null
}

/** Of a project's next report, or of the correction of one month's. */
const slot = (project: number, corrected: string | null) =>
  `report-draft-${project}${corrected === null ? '' : `-${corrected}`}`

/** The draft that this browser kept, or null. `corrected` is the month whose report it corrects. */
export function readDraft(project: number, corrected: string | null): KeptDraft | null {
  const text = localStorage.getItem(slot(project, corrected))
  if (text === null) return null
  try {
    const { draft, base } = JSON.parse(text) as Partial<KeptDraft>
    return draft ? { draft: { ...emptyDraft(''), ...draft }, base: base ?? null } : null
  } catch {
    return null
  }
}

export const keepDraft = (project: number, corrected: string | null, kept: KeptDraft): void =>
  localStorage.setItem(slot(project, corrected), JSON.stringify(kept))

export const dropDraft = (project: number, corrected: string | null): void =>
  localStorage.removeItem(slot(project, corrected))

export const emptyDraft = (month: string): Draft => ({
  key: uuid(),
  replaces: null,
  month,
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
})

/** What the server keeps of a draft. */
export function fieldsOf({ month: _, ...fields }: Draft): DraftFields {
  return fields
}
