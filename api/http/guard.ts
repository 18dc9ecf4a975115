import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { matchedRoutes } from 'hono/route'
import { secureHeaders } from 'hono/secure-headers'
import type { Author } from '../db/database.ts'
import { ApiFailure, fieldFailure } from './failure.ts'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])
const writing = new Set(['POST', 'PUT', 'PATCH'])

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

/** JSON bodies are small; files go through the importer, which has a limit of its own. */
export const limitBody = bodyLimit({
  maxSize: 1024 * 1024,
  onError: () => {
    throw new ApiFailure(413, 'BODY_TOO_LARGE', '请求内容超过 1 MB')
  },
})

/** A form or plain text would be read as no fields at all, and each field reported as missing. */
export const requireJson: MiddlewareHandler = async (c, next) => {
  const type = c.req.header('content-type') ?? ''
  if (
    writing.has(c.req.method) &&
    hasRoute(c) &&
    !/^application\/([a-z0-9.-]+\+)?json\b/i.test(type)
  ) {
    const message = `请求内容的类型是“${type.slice(0, 100)}”，应为 application/json`
    throw fieldFailure(415, 'BODY_NOT_JSON', message, 'content-type', type.slice(0, 100))
  }
  await next()
}

/** A path or method that no route takes is refused for that, whatever the body. */
const hasRoute = (c: Context) => matchedRoutes(c).some(({ method }) => method === c.req.method)

/**
 * Who writes and why, kept with every version of the row. Until there is sign-in the name is what
 * the caller says (header x-onemap-actor, percent-encoded UTF-8, at most 60 characters).
 */
export function authorOf(c: Context, reason: string): Author {
  const header = c.req.header('x-onemap-actor')?.trim()
  if (!header) return { actor: '未登录用户', reason }
  const actor = decoded(header)
  if ([...actor].length > 60) {
    throw fieldFailure(400, 'ACTOR_TOO_LONG', '操作人姓名最多 60 个字', 'x-onemap-actor', actor)
  }
  return { actor, reason }
}

function decoded(header: string): string {
  try {
    return decodeURIComponent(header)
  } catch {
    return header
  }
}

const tianditu = 'https://*.tianditu.gov.cn'

/** MapLibre starts workers from blobs; the component library writes styles; maps come as images. */
export function safeHeaders(pmtilesUrl: string | undefined): MiddlewareHandler {
  const elsewhere = pmtilesUrl && URL.canParse(pmtilesUrl) ? [new URL(pmtilesUrl).origin] : []
  return secureHeaders({
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
}
