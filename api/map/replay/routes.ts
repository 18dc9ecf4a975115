import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { addDays, daysBetween } from '../../calendar/days.ts'
import { chinaDate } from '../../clock.ts'
import type { Deps } from '../../deps.ts'
import { describe, unchanged } from '../../http/describe.ts'
import { compress, type Encoding, encodingOf } from '../../http/encoding.ts'
import { fieldFailure } from '../../http/failure.ts'
import { Turns } from '../../http/turns.ts'
import { validate } from '../../http/validate.ts'
import { viewerOf } from '../../http/viewer.ts'
import { scopeKey } from '../../person/scope.ts'
import { ByteCache } from '../byte-cache.ts'
import { sendTagged } from '../send.ts'
import { type MapStore, mapStore } from '../store.ts'
import { MapReplay, ReplayFilter } from './contract.ts'
import { joinPieces, makePiece, type Piece, piecesOf } from './replay.ts'

/** A year with the few days before it that a city may begin with. */
const mostDays = 400
const cacheBytes = 32 * 1024 * 1024
/** On a server the database works on one while another is judged. */
const piecesAtOnce = 3

/** GET /map/replay: past days never change, so each span is made once for all who may see the same. */
export const replayRoutes = (deps: Deps) => {
  const cache = new ByteCache<Buffer>(cacheBytes, (body) => body.length)
  const turns = new Turns(1, 20, 50_000)
  const pieces = new ByteCache<Piece>(
    cacheBytes,
    ({ base, days }) => base.length + days.join().length,
  )
  /** Months that are over are kept by themselves: a new day makes its own month again, no more. */
  const whole = async (key: string, store: MapStore, from: string, to: string) => {
    const made: Piece[] = []
    const spans = piecesOf(from, to)
    for (let first = 0; first < spans.length; first += piecesAtOnce) {
      const some = spans
        .slice(first, first + piecesAtOnce)
        .map(([start, end]) =>
          pieces.get(`${start}~${end}${key}`, () => makePiece(deps.db, store, start, end)),
        )
      made.push(...(await Promise.all(some)))
    }
    return joinPieces(from, to, made)
  }
  const encoded = (key: string, encoding: Encoding, make: () => Promise<Buffer>) =>
    cache.get(`${key} ${encoding}`, async () =>
      encoding === 'identity'
        ? turns.take(make)
        : compress(await cache.get(`${key} identity`, () => turns.take(make)), encoding),
    )
  return new Hono().get(
    '/',
    describe(
      { tag: '地图', summary: '一段日子的地图：首日全部，其后逐日的变化', also: unchanged },
      MapReplay,
    ),
    validate('query', ReplayFilter),
    async (c) => {
      const { from, to } = c.req.valid('query')
      checkSpan(deps, from, to)
      const store = mapStore(deps, viewerOf(c).scope)
      const shown = await keyOf(deps, store)
      const key = `${from}~${to}${shown}`
      const encoding = encodingOf(c.req.header('accept-encoding'))
      const body = () => encoded(key, encoding, () => whole(shown, store, from, to))
      return sendTagged(c, { tag: `W/"${key}"`, body }, encoding)
    },
  )
}

/** @throws ApiFailure 400 `REPLAY_SPAN`: days in the wrong order, too many, or not over yet. */
function checkSpan({ db }: Deps, from: string, to: string): void {
  const yesterday = addDays(chinaDate(db.clock.now()), -1)
  const refuse = (message: string, field: string, value: string) => {
    throw fieldFailure(400, 'REPLAY_SPAN', message, field, value)
  }
  if (to > yesterday) refuse(`回放到昨天 ${yesterday} 为止，${to} 还没有过完`, 'to', to)
  if (from > to) refuse(`开始日期 ${from} 应不晚于结束日期 ${to}`, 'from', from)
  if (daysBetween(from, to) >= mostDays) {
    refuse(
      `一次最多回放 ${mostDays} 天，请从 ${addDays(to, 1 - mostDays)} 或以后开始`,
      'from',
      from,
    )
  }
}

/**
 * Names what the answer depends on. The past of a project never changes, nor which rule judged it;
 * which projects a scope shows does, whatever day is looked at.
 */
async function keyOf({ db }: Deps, store: MapStore): Promise<string> {
  const known = createHash('sha256').update(scopeKey(store.scope)).digest('hex').slice(0, 12)
  if (store.scope.all) return known
  const rows = await db.read(
    { personId: null, scope: store.scope },
    (tx) => tx<{ id: number }[]>`select id from project order by id`,
  )
  const ids = rows.map(({ id }) => id).join()
  return `${known}.${createHash('sha256').update(ids).digest('hex').slice(0, 12)}`
}
