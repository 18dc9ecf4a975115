import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { HttpBindings } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono, type MiddlewareHandler, type NotFoundHandler } from 'hono'
import { compress } from 'hono/compress'
import { createApp } from './app.ts'
import { basemapFile } from './city/basemap-file.ts'
import { isWebAddress, version } from './city/queries.ts'
import type { Deps } from './deps.ts'
import { docRoutes } from './doc/routes.ts'
import { healthRoutes } from './health/routes.ts'
import { onError, unknownRoute } from './http/error.ts'
import { safeHeaders } from './http/guard.ts'
import { pathOf } from './http/path.ts'
import { tileRoutes } from './tile/routes.ts'

const built = fileURLToPath(new URL('../../web/dist/site', import.meta.url))

/**
 * Everything of one origin: the typed API under /api, tiles and health beside it, and the page with
 * its three screens. `page` is the folder of the built page.
 */
export function createSite(deps: Deps, page: string = built): Hono {
  const app = createApp(deps)
  const site = new Hono()
  site.onError(onError(deps.log))
  site.use(safeHeaders(deps.env.PMTILES_URL))
  site.use(compress())
  site.use('/api/*', freshAnswers)
  site.route('/api', docRoutes(app, version))
  site.route('/api', app)
  site.route('/health', healthRoutes(deps))
  const file = deps.env.PMTILES_URL
  if (file && !isWebAddress(file)) site.get('/basemap.pmtiles', basemapFile(file))
  // The page itself decides where / leads: a phone to the field page, the rest to the desk.
  site.get('/', screenPage(page))
  site.get('/assets/*', cached('public, max-age=31536000, immutable'), files(page))
  for (const screen of ['wall', 'desk', 'field', 'join']) {
    site.get(`/${screen}`, screenPage(page))
    site.get(`/${screen}/*`, screenPage(page))
  }
  site.get('*', cached('no-cache'), files(page))
  site.notFound(pageOrFailure(page, unknownRoute(site)))
  const tiles = new Hono().onError(onError(deps.log))
  tiles.notFound(unknownRoute(tiles)).route('/tile', tileRoutes(deps))
  return besideMiddlewares(site, '/tile/', tiles)
}

/**
 * Sends what lies under `prefix` to `aside` before the site looks at it: tiles come compressed and by
 * the thousand per second, and walking through the middlewares would cost a fifth of them.
 */
function besideMiddlewares(site: Hono, prefix: string, aside: Hono): Hono {
  const whole = site.fetch
  site.fetch = (request, bindings, context) => {
    const { incoming } = (bindings ?? {}) as Partial<HttpBindings>
    return pathOf(incoming?.url ?? request.url).startsWith(prefix)
      ? aside.fetch(request, bindings, context)
      : whole(request, bindings, context)
  }
  return site
}

/** Answers depend on the moment: a cache may keep them only to ask again (ETag). */
const freshAnswers: MiddlewareHandler = async (c, next) => {
  await next()
  if (!c.res.headers.has('cache-control')) c.header('Cache-Control', 'private, no-cache')
}

function cached(control: string): MiddlewareHandler {
  return async (c, next) => {
    await next()
    if (c.res.ok) c.header('Cache-Control', control)
  }
}

/** Files of the built page; before the first build there are none. */
function files(root: string): MiddlewareHandler {
  return existsSync(root) ? serveStatic({ root, precompressed: true }) : (_, next) => next()
}

/** The page routes on the client: each of its addresses gets the same document. */
function screenPage(root: string): MiddlewareHandler {
  const serve = serveStatic({ path: join(root, 'index.html'), precompressed: true })
  return async (c, next) => {
    if (!existsSync(join(root, 'index.html'))) return unbuilt(c)
    c.header('Cache-Control', 'no-cache')
    return serve(c, next)
  }
}

/** A person who follows a wrong address sees a page that leads on; a program is told in JSON. */
function pageOrFailure(root: string, failure: NotFoundHandler): NotFoundHandler {
  const isProgram = /^\/(api|tile|health|assets)(\/|$)/
  return async (c) => {
    const html = c.req.method === 'GET' && c.req.header('accept')?.includes('text/html')
    if (!html || isProgram.test(c.req.path)) return failure(c)
    const text = await readFile(join(root, 'index.html'), 'utf8').catch(() => null)
    return text === null ? failure(c) : c.html(text, 404, { 'Cache-Control': 'no-cache' })
  }
}

const unbuilt = (c: Context) =>
  c.text(
    '页面还没有构建：请运行 npm start，或先运行 npm run build / the page is not built yet',
    503,
  )
