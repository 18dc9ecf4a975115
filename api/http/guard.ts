import type { Context, MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Author } from '../db/database.ts'
import { ApiFailure } from './failure.ts'
import { askerOf, viewerOf } from './viewer.ts'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses writes that another site's page makes in a visitor's browser. Programs send neither
 * header and pass; browsers always send Sec-Fetch-Site, older ones at least Origin.
 */
export const refuseCrossSite: MiddlewareHandler = async (c, next) => {
  if (!reading.has(c.req.method) && isCrossSite(c)) {
    throw new ApiFailure(403, 'CROSS_SITE', '不接受来自其他网站的写操作')
  }
  await next()
}

function isCrossSite(c: Context): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site) return site !== 'same-origin' && site !== 'none'
  const origin = c.req.header('origin')
  if (!origin) return false
  return !URL.canParse(origin) || new URL(origin).host !== c.req.header('host')
}

/**
 * Who writes and why, kept with every version of the row; bound to what the person may see.
 * @throws ApiFailure 401 `SIGN_IN_NEEDED`.
 */
export function authorOf(c: Context, reason: string): Author {
  return { actor: viewerOf(c).name, reason, by: askerOf(c) }
}

const tianditu = 'https://*.tianditu.gov.cn'

/** MapLibre starts workers from blobs; the component library writes styles; maps come as images. */
export function safeHeaders(pmtilesUrl: string | undefined): MiddlewareHandler {
  const elsewhere = pmtilesUrl && URL.canParse(pmtilesUrl) ? [new URL(pmtilesUrl).origin] : []
  const usual = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      workerSrc: ["'self'", 'blob:'],
      childSrc: ["'self'", 'blob:'],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:', tianditu],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'", 'blob:', 'data:', tianditu, ...elsewhere],
      objectSrc: ["'none'"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'self'"],
    },
    strictTransportSecurity: false,
    xFrameOptions: 'SAMEORIGIN',
  })
  return async (c, next) => {
    let own: string | null = null
    await usual(c, async () => {
      await next()
      own = c.res.headers.get('Content-Security-Policy')
    })
    // What a route says of itself allows less.
    if (own !== null) c.res.headers.set('Content-Security-Policy', own)
  }
}
