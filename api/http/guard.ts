import type { Context, MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Author } from '../db/database.ts'
import { LineText } from './contract.ts'
import { ApiFailure, fieldFailure } from './failure.ts'

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
 * Who writes and why, kept with every version of the row. Until there is sign-in the name is what
 * the caller says (header x-onemap-actor, percent-encoded UTF-8, at most 60 characters).
 * @throws ApiFailure 400 `ACTOR_TOO_LONG`, `ACTOR_INVALID`.
 */
export function authorOf(c: Context, reason: string): Author {
  const header = c.req.header('x-onemap-actor')?.trim()
  if (!header) return { actor: '未登录用户', reason }
  const actor = decoded(header)
  if ([...actor].length > 60) {
    throw fieldFailure(400, 'ACTOR_TOO_LONG', '操作人姓名最多 60 个字', 'x-onemap-actor', actor)
  }
  const fault = LineText.safeParse(actor).error?.issues[0]
  if (fault || /\p{Surrogate}/u.test(actor)) {
    const message = `操作人姓名${fault?.message ?? '里有不完整的字符'}`
    throw fieldFailure(400, 'ACTOR_INVALID', message, 'x-onemap-actor', actor)
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
