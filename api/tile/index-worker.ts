import { createHash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import { type Area, AreaIndex } from './area-index.ts'
import { PointIndex } from './point-index.ts'
import type { PointColumns } from './points.ts'

export type Layer = 'project' | 'unit' | 'park'

/** Asked of the worker; each is answered once, in the order of asking. `index` names what is held. */
export type Question =
  | { ask: number; index: string; points: PointColumns }
  | { ask: number; index: string; areas: Area[]; layer: Layer }
  | { ask: number; index: string; drop: true }
  | { ask: number; index: string; z: number; x: number; y: number }

/** `body` is gzip; null: loaded, or an empty tile. `tag` is made from the content. */
export type Answer =
  | { ask: number; body: Uint8Array<ArrayBuffer> | null; tag: string }
  | { ask: number; failed: string }

interface TileIndex {
  tile(z: number, x: number, y: number): Uint8Array | null
}

const indexes = new Map<string, TileIndex>()

parentPort?.on('message', (question: Question) => {
  const answer = answerTo(question)
  const moved = 'body' in answer && answer.body ? [answer.body.buffer] : []
  parentPort?.postMessage(answer, moved)
})

function answerTo(question: Question): Answer {
  const { ask, index } = question
  try {
    if ('points' in question) indexes.set(index, new PointIndex(question.points))
    else if ('areas' in question) indexes.set(index, new AreaIndex(question.layer, question.areas))
    else if ('drop' in question) indexes.delete(index)
    else return encoded(ask, indexes.get(index)?.tile(question.z, question.x, question.y))
    return { ask, body: null, tag: '' }
  } catch (error) {
    return { ask, failed: error instanceof Error ? error.message : String(error) }
  }
}

function encoded(ask: number, tile: Uint8Array | null | undefined): Answer {
  if (!tile) return { ask, body: null, tag: 'empty' }
  const tag = createHash('sha256').update(tile).digest('base64url').slice(0, 16)
  return { ask, body: new Uint8Array(gzipSync(tile)), tag }
}
