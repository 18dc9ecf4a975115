import { useQuery } from '@tanstack/react-query'
import type { DraftFields, ReportDraft } from 'api/report/contract'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { api, parseResponse, readFailure } from '../shell/api.ts'
import { type Draft, emptyDraft, fieldsOf } from './draft.ts'
import { changedFields, type DraftConflict, type DraftField, mergeDrafts } from './merge-draft.ts'
import { reportDrafts } from './queries.ts'

/** So long nothing is typed before a draft is saved. */
const pauseMs = 800

/** `kept`: not saved on the server, in this browser alone; `done`: its report was filed meanwhile. */
export type SyncState =
  | { kind: 'new' | 'saving' | 'kept' }
  | { kind: 'done'; key: string }
  | { kind: 'saved'; at: string; by: string }

export interface DraftSync {
  state: SyncState
  conflicts: readonly DraftConflict[]
  resolve: (conflict: DraftConflict, keep: 'mine' | 'theirs') => void
  /** What the server is known to have; null: nothing yet. */
  base: DraftFields | null
}

/**
 * Saves a draft on the server by itself, a moment after the last word, and takes in what was written in
 * it elsewhere. `begun` is what the form began with, so that only what people changed is a change.
 */
export function useDraftSync(
  project: number,
  draft: Draft,
  begun: { fields: DraftFields; base: DraftFields | null },
  onDraft: (draft: Draft, base: DraftFields | null) => void,
): DraftSync {
  // Another month's draft is another one.
  const [known, setKnown] = useState({ month: draft.month, base: begun.base })
  const base = known.month === draft.month ? known.base : null
  const setBase = (fields: DraftFields) => setKnown({ month: draft.month, base: fields })
  const [last, setState] = useState<SyncState>({ kind: 'new' })
  // One that goes on under another key, as a correction, is another report.
  const state: SyncState = last.kind === 'done' && last.key !== draft.key ? { kind: 'new' } : last
  const [conflicts, setConflicts] = useState<DraftConflict[]>([])
  const [turn, setTurn] = useState(0)
  const isSaving = useRef(false)
  const stored = useQuery(reportDrafts(project)).data
  const theirs = stored?.find(({ month }) => month.slice(0, 7) === draft.month)

  const take = (saved: ReportDraft, from: DraftFields) => {
    const merged = mergeDrafts(draft, from, saved.fields)
    setBase(saved.fields)
    setConflicts(merged.conflicts)
    setState({ kind: 'saved', at: saved.savedAt, by: saved.savedBy })
    onDraft(merged.draft, saved.fields)
  }
  const takeStored = useEffectEvent((saved: ReportDraft) => take(saved, base ?? begun.fields))
  useEffect(() => {
    if (theirs) takeStored(theirs)
  }, [theirs])

  const open = conflicts.map(({ field }) => field)
  const changed = changedFields(draft, base ?? begun.fields).filter((name) => !open.includes(name))
  const save = useEffectEvent(async () => {
    if (isSaving.current || changed.length === 0 || state.kind === 'done') return
    isSaving.current = true
    setState({ kind: 'saving' })
    const sent = fieldsOf(draft)
    // The first time everything goes, as what was begun with is nowhere on the server.
    const names = base === null ? (Object.keys(blank) as DraftField[]) : changed
    try {
      const saved = await put(project, draft, names, base ?? { ...blank, key: draft.key })
      takeSaved(saved, sent)
    } catch (error) {
      refused(error)
    } finally {
      isSaving.current = false
    }
  })
  const takeSaved = useEffectEvent((saved: ReportDraft, sent: DraftFields) => take(saved, sent))
  const refused = useEffectEvent((error: unknown) => {
    const { code, details } = readFailure(error)
    if (code === 'REPORT_DRAFT_DONE') return setState({ kind: 'done', key: draft.key })
    setState({ kind: 'kept' })
    if (code !== 'REPORT_DRAFT_CHANGED') return
    const told = details.map(({ field, value }) => ({ field, theirs: value }) as DraftConflict)
    setConflicts(told)
    setBase({
      ...(base ?? begun.fields),
      ...Object.fromEntries(told.map((one) => [one.field, one.theirs])),
    })
  })
  const mark = JSON.stringify([draft, open])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed is what triggers it
  useEffect(() => {
    const timer = setTimeout(() => void save(), pauseMs)
    return () => clearTimeout(timer)
  }, [mark, turn])
  useEffect(() => {
    const again = () => setTurn((before) => before + 1)
    addEventListener('online', again)
    return () => removeEventListener('online', again)
  }, [])

  return {
    state,
    conflicts,
    base,
    resolve: ({ field, theirs: value }, keep) => {
      setConflicts(conflicts.filter((one) => one.field !== field))
      if (keep === 'theirs') onDraft({ ...draft, [field]: value } as Draft, base)
    },
  }
}

const { key: _key, ...blank } = fieldsOf(emptyDraft(''))

function put(project: number, draft: Draft, names: readonly DraftField[], seen: DraftFields) {
  const pick = (of: DraftFields) => Object.fromEntries(names.map((name) => [name, of[name]]))
  return parseResponse(
    api.report.draft.$put({
      json: {
        projectId: project,
        month: `${draft.month}-01`,
        fields: { key: draft.key, ...pick(draft) },
        seen: pick(seen),
      },
    }),
  )
}
