import type { ProjectDetail } from 'api/project/contract'
import type { Report } from 'api/report/contract'
import { useState } from 'react'
import { begin, correctionOf, resume } from './begin.ts'
import { type Draft, dropDraft, fieldsOf, keepDraft, readDraft } from './draft.ts'
import { type DraftSync, useDraftSync } from './draft-sync.ts'

export interface ReportDraft {
  draft: Draft
  /** Whether it goes on from what this browser kept. */
  isResumed: boolean
  sync: DraftSync
  set: (patch: Partial<Draft>) => void
  anew: () => void
  drop: () => void
}

/**
 * The draft of the next report, or of the correction of a received one: kept in this browser with every
 * word, and on the server a moment later, until it is received.
 */
export function useReportDraft(
  detail: Pick<ProjectDetail, 'id' | 'reports'>,
  corrected: Report | null,
  today: string,
): ReportDraft {
  const slot = corrected?.month.slice(0, 7) ?? null
  const fresh = () => (corrected ? correctionOf(corrected) : begin(detail.reports, today))
  const [kept, setKept] = useState(() => readDraft(detail.id, slot))
  const [begun] = useState(() => ({ fields: fieldsOf(fresh()), base: kept?.base ?? null }))
  const [draft, setDraft] = useState(() => {
    if (kept === null) return { ...fresh(), key: begun.fields.key }
    return corrected ? kept.draft : resume(kept.draft, detail.reports, today)
  })
  const sync = useDraftSync(detail.id, draft, begun, (next, base) => {
    setDraft(next)
    keepDraft(detail.id, slot, { draft: next, base })
  })
  const drop = () => dropDraft(detail.id, slot)
  return {
    draft,
    isResumed: kept !== null,
    sync,
    set: (patch) => {
      const next = { ...draft, ...patch }
      setDraft(next)
      keepDraft(detail.id, slot, { draft: next, base: sync.base })
    },
    anew: () => {
      drop()
      setKept(null)
      setDraft({ ...fresh(), key: draft.key })
    },
    drop,
  }
}
