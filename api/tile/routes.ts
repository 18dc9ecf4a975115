import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { tileAccess } from '../access.ts'
import type { Deps } from '../deps.ts'
import { admit } from '../http/access.ts'
import { accepts, matches } from '../http/encoding.ts'
import { fieldFailure } from '../http/failure.ts'
import { viewerOf } from '../http/viewer.ts'
import type { Layer } from './index-worker.ts'
import { type Tile, TileStore, tileType } from './store.ts'
import { tileJson } from './tile-json.ts'

const expand = promisify(gunzip)
const deepest = 24

type TileEnv = { Bindings: Partial<HttpBindings> }
type TileContext = Context<TileEnv>

/**
 * Vector tiles beside the typed API: `/{project|unit|park}/{z}/{x}/{y}.mvt` and `/{layer}.json`
 * (TileJSON 3). An empty tile is 204; the entity tag is that of the content. Failures are thrown: the
 * site that mounts these routes shapes them.
 */
export const tileRoutes = (deps: Deps, store = lazily(() => new TileStore(deps))) =>
  new Hono<TileEnv>()
    .use(async (c, next) => {
      await admit(c, deps.sessions, tileAccess, '/tile')
      await next()
    })
    .get('/:file{[a-z]+\\.json}', (c) => {
      const layer = layerOf(c.req.param('file').replace('.json', ''))
      const seen = new URL(c.req.url)
      const scheme = c.req.header('x-forwarded-proto') === 'https' ? 'https' : seen.protocol
      c.header('X-Content-Type-Options', 'nosniff')
      return c.json(tileJson(layer, `${scheme.replace(':', '')}://${seen.host}`))
    })
    .get('/:layer/:z/:x/:file', (c): Response | Promise<Response> => {
      const { layer: name, z, x, file } = c.req.param()
      const layer = layerOf(name)
      const [zoom, column, line] = placeOf(z, x, file)
      const tiles = store()
      const wishes = wishesOf(c)
      const { scope } = viewerOf(c)
      const ready = tiles.peek(scope, layer, zoom, column, line)
      if (ready) return send(ready, wishes)
      return tiles.tile(scope, layer, zoom, column, line).then((tile) => send(tile, wishes))
    })

interface Wishes {
  held: string | undefined
  encodings: string | undefined
}

/** Read from Node's own headers where there are any: building the standard ones costs more than the tile. */
function wishesOf(c: TileContext): Wishes {
  const headers = c.env?.incoming?.headers
  return headers
    ? { held: headers['if-none-match'], encodings: String(headers['accept-encoding'] ?? '') }
    : { held: c.req.header('if-none-match'), encodings: c.req.header('accept-encoding') }
}

function send(tile: Tile, { held, encodings }: Wishes): Response | Promise<Response> {
  if (held !== undefined && matches(held, tile.headers.etag)) {
    return new Response(null, { status: 304, headers: tile.headers })
  }
  const { body } = tile
  if (body === null) return new Response(null, { status: 204, headers: tile.headers })
  if (accepts(encodings, 'gzip')) return new Response(body, { headers: tile.packedHeaders })
  const headers = { ...tile.headers, 'content-type': tileType }
  return expand(body).then((plain) => new Response(new Uint8Array(plain), { headers }))
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
