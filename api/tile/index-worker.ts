import { createHash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import { type Area, AreaIndex } from './area-index.ts'
import { PointIndex } from './point-index.ts'
import type { PointColumns } from './points.ts'

export type Layer = 'project' | 'unit' | 'park'

/** Asked of the worker; each is answered once, in the order of asking. */
export type Question =
  | { ask: number; points: PointColumns }
  | { ask: number; areas: Area[]; layer: Layer }
  | { ask: number; layer: Layer; z: number; x: number; y: number }

/** `body` is gzip; null: loaded, or an empty tile. `tag` is made from the content. */
export type Answer =
  | { ask: number; body: Uint8Array<ArrayBuffer> | null; tag: string }
  | { ask: number; failed: string }

interface TileIndex {
  tile(z: number, x: number, y: number): Uint8Array | null
}

const indexes = new Map<Layer, TileIndex>()

parentPort?.on('message', (question: Question) => {
  const answer = answerTo(question)
  const moved = 'body' in answer && answer.body ? [answer.body.buffer] : []
  parentPort?.postMessage(answer, moved)
})

function answerTo(question: Question): Answer {
  const { ask } = question
  try {
    if ('points' in question) indexes.set('project', new PointIndex(question.points))
    else if ('areas' in question)
      indexes.set(question.layer, new AreaIndex(question.layer, question.areas))
    else return encoded(ask, indexes.get(question.layer)?.tile(question.z, question.x, question.y))
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
