import type { ProjectDetail } from 'api/project/contract'
import type { Report } from 'api/report/contract'
import { useState } from 'react'
import { begin, correctionOf, resume } from './begin.ts'
import { type Draft, dropDraft, keepDraft, readDraft } from './draft.ts'

export interface ReportDraft {
  draft: Draft
  /** Whether it goes on from what this browser kept. */
  isResumed: boolean
  set: (patch: Partial<Draft>) => void
  anew: () => void
  drop: () => void
}

/** The draft of the next report, or of the correction of a received one, kept until it is received. */
export function useReportDraft(
  detail: Pick<ProjectDetail, 'id' | 'reports'>,
  corrected: Report | null,
  today: string,
): ReportDraft {
  const slot = corrected?.month.slice(0, 7) ?? null
  const fresh = () => (corrected ? correctionOf(corrected) : begin(detail.reports, today))
  const [kept, setKept] = useState(() => readDraft(detail.id, slot))
  const [draft, setDraft] = useState(() => {
    if (kept === null) return fresh()
    return corrected ? kept : resume(kept, detail.reports, today)
  })
  const drop = () => dropDraft(detail.id, slot)
  return {
    draft,
    isResumed: kept !== null,
    set: (patch) => {
      const next = { ...draft, ...patch }
      setDraft(next)
      keepDraft(detail.id, slot, next)
    },
    anew: () => {
      drop()
      setKept(null)
      setDraft(fresh())
    },
    drop,
  }
}
