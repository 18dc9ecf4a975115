import { uuid } from '../ui/uuid.ts'

/** A monthly report as typed; text fields as they stand in the form. */
export interface Draft {
  /** The report's own key: the same until the server has it, so that sending again is no second report. */
  key: string
  /** Key of the received report that it corrects. */
  replaces: string | null
  month: string
  percent: string
  actualWan: string
  progressText: string
  problem: string
  cause: string
  nextStep: string
}

/** Of a project's next report, or of the correction of one month's. */
const slot = (project: number, corrected: string | null) =>
  `report-draft-${project}${corrected === null ? '' : `-${corrected}`}`

/** The draft that this browser kept, or null. `corrected` is the month whose report it corrects. */
export function readDraft(project: number, corrected: string | null): Draft | null {
  const text = localStorage.getItem(slot(project, corrected))
  if (text === null) return null
  try {
    return { ...emptyDraft(''), ...(JSON.parse(text) as Partial<Draft>) }
  } catch {
    return null
  }
}

export const keepDraft = (project: number, corrected: string | null, draft: Draft): void =>
  localStorage.setItem(slot(project, corrected), JSON.stringify(draft))

export const dropDraft = (project: number, corrected: string | null): void =>
  localStorage.removeItem(slot(project, corrected))

export const emptyDraft = (month: string): Draft => ({
  key: uuid(),
  replaces: null,
  month,
  percent: '',
  actualWan: '',
  progressText: '',
  problem: '',
  cause: '',
  nextStep: '',
})
