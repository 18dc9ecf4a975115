/** Judges hotspots and draws cells beside the page, which goes on answering meanwhile. */
import type { HotspotMeasures, HotspotRule } from 'api/hotspot/contract'
import { type Judged, judge, outlines } from './judge.ts'

export type Work =
  | { kind: 'judge'; columns: HotspotMeasures['columns']; rule: HotspotRule }
  | { kind: 'outline'; ids: readonly string[] }

/** What each kind of work gives; a failure is its message. */
export type Result = { judged: Judged } | { outlines: [number, number][][] } | { failure: string }

const scope = self as unknown as {
  onmessage: (event: MessageEvent<{ work: Work }>) => void
  postMessage: (message: { result: Result }) => void
}

scope.onmessage = ({ data: { work } }) => {
  scope.postMessage({ result: done(work) })
}

function done(work: Work): Result {
  try {
    if (work.kind === 'outline') return { outlines: outlines(work.ids) }
    return { judged: judge(work.columns, work.rule) }
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}
