import { uuid } from '../ui/uuid.ts'

/** A monthly report as typed; text fields as they stand in the form. */
export interface Draft {
  /** The report's own key: the same until the server has it, so that sending again is no second report. */
  key: string
  month: string
  percent: string
  actualWan: string
  progressText: string
  problem: string
  cause: string
  nextStep: string
}

const slot = (project: number) => `report-draft-${project}`

/** The draft that this browser kept for a project, or null. */
export function readDraft(project: number): Draft | null {
  const text = localStorage.getItem(slot(project))
  if (text === null) return null
  try {
    return { ...emptyDraft(''), ...(JSON.parse(text) as Partial<Draft>) }
  } catch {
    return null
  }
}

export const keepDraft = (project: number, draft: Draft): void =>
  localStorage.setItem(slot(project), JSON.stringify(draft))

export const dropDraft = (project: number): void => localStorage.removeItem(slot(project))

export const emptyDraft = (month: string): Draft => ({
  key: uuid(),
  month,
  percent: '',
  actualWan: '',
  progressText: '',
  problem: '',
  cause: '',
  nextStep: '',
})
