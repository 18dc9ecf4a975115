import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { onError } from '../http/error.ts'
import { fieldFailure } from '../http/failure.ts'
import { accepts, matches } from '../map/body.ts'
import type { Layer } from './index-worker.ts'
import { TileStore } from './store.ts'
import { tileJson } from './tile-json.ts'
import type { Encoded } from './worker-link.ts'

const expand = promisify(gunzip)
const deepest = 24

/**
 * Vector tiles beside the typed API: `/{project|unit|park}/{z}/{x}/{y}.mvt` and `/{layer}.json`
 * (TileJSON 3). An empty tile is 204; the entity tag is that of the content.
 */
export const tileRoutes = (deps: Deps, store = lazily(() => new TileStore(deps))) =>
  new Hono()
    .onError(onError(deps.log))
    .get('/:file{[a-z]+\\.json}', (c) => {
      const layer = layerOf(c.req.param('file').replace('.json', ''))
      const seen = new URL(c.req.url)
      const scheme = c.req.header('x-forwarded-proto') === 'https' ? 'https' : seen.protocol
      return c.json(tileJson(layer, `${scheme.replace(':', '')}://${seen.host}`))
    })
    .get('/:layer/:z/:x/:file', async (c) => {
      const { layer: name, z, x, file } = c.req.param()
      const layer = layerOf(name)
      const place = placeOf(z, x, file)
      const tiles = store()
      const tile = tiles.peek(layer, ...place) ?? (await tiles.tile(layer, ...place))
      return send(tile, c.req.header('if-none-match'), c.req.header('accept-encoding'))
    })

const headersOf = (tile: Encoded) => ({
  etag: `W/"${tile.tag}"`,
  'cache-control': 'no-cache',
  vary: 'Accept-Encoding',
})

/** Plain objects as headers: the server then writes them without building Headers. */
async function send(
  tile: Encoded,
  ifNoneMatch: string | undefined,
  acceptEncoding: string | undefined,
): Promise<Response> {
  const headers = headersOf(tile)
  if (matches(ifNoneMatch, headers.etag)) return new Response(null, { status: 304, headers })
  if (tile.body === null) return new Response(null, { status: 204, headers })
  const type = { 'content-type': 'application/vnd.mapbox-vector-tile' }
  if (!accepts(acceptEncoding, 'gzip')) {
    const body = new Uint8Array(await expand(tile.body))
    return new Response(body, { headers: { ...headers, ...type } })
  }
  return new Response(tile.body, { headers: { ...headers, ...type, 'content-encoding': 'gzip' } })
}

function layerOf(name: string): Layer {
  if (name === 'project' || name === 'unit' || name === 'park') return name
  const message = `没有图层 ${name}；可用 project、unit、park`
  throw fieldFailure(400, 'TILE_INVALID', message, 'layer', name)
}

function placeOf(z: string, x: string, file: string): [z: number, x: number, y: number] {
  const y = /^(.*)\.(mvt|pbf)$/.exec(file)?.[1] ?? file
  const zoom = whole(z)
  if (zoom === null || zoom > deepest) {
    throw fieldFailure(400, 'TILE_INVALID', `层级 z 应是 0 到 ${deepest} 的整数`, 'z', z)
  }
  const side = 2 ** zoom
  const within = (text: string, field: string) => {
    const value = whole(text)
    if (value !== null && value < side) return value
    const message = `${field} 在第 ${zoom} 级应是 0 到 ${side - 1} 的整数`
    throw fieldFailure(400, 'TILE_INVALID', message, field, text)
  }
  return [zoom, within(x, 'x'), within(y, 'y')]
}

const whole = (text: string) => (/^\d{1,9}$/.test(text) ? Number(text) : null)

/** The indexes cost a thread: they begin with the first request. */
function lazily<Made>(make: () => Made): () => Made {
  let made: Made | undefined
  return () => {
    made ??= make()
    return made
  }
}
