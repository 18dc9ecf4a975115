import { resolve } from 'node:path'
import { z } from 'zod'
import { trustOf } from './http/address.ts'

function decodes(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

/** Hosts as they stand in an address, with or without a port. */
const hostList = z
  .string()
  .default('')
  .transform((text) => text.split(/[\s,]+/).filter((host) => host !== ''))

const Env = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  HOST: z.string().min(1).default('127.0.0.1'),
  ONEMAP_DATA: z.string().min(1).default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/./, 'must begin with postgres:// or postgresql:// and name a server')
    .refine(
      // Of several hosts (a,b:5433) the first stands for all: the driver splits them itself.
      (url) => !/^postgres(ql)?:/.test(url) || URL.canParse(url.replace(/,[^/?]*/, '')),
      'cannot be read as an address; write it as postgres://user:password@host:port/name, with @ : / # % in the password percent-encoded (@ is %40)',
    )
    .refine(decodes, 'has a % that is no percent-encoding; write % itself as %25')
    .optional(),
  ONEMAP_CLOCK: z.string().min(1).optional(),
  ONEMAP_PACK: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'must be the name of a folder under api/db/seed, or none')
    .optional(),
  /** Largest file that the importer takes, in MB. */
  ONEMAP_IMPORT_MB: z.coerce.number().int().min(1).max(1000).default(100),
  PMTILES_URL: z.string().min(1).optional(),
  TIANDITU_KEY: z.string().min(1).optional(),
  ONEMAP_SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/./, 'must begin with smtp:// or smtps:// and name a server')
    .refine(
      (url) => URL.canParse(url),
      'cannot be read as an address; write @ : / # % in the password percent-encoded (@ is %40)',
    )
    .optional(),
  /** Sender of the mails. */
  ONEMAP_MAIL_FROM: z
    .string()
    .regex(
      /^([^<>\r\n]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/,
      'must be a mail address, as in: 一张图 <map@example.org>',
    )
    .optional(),
  /** Hosts of webhooks that may be reached by http and may be private. */
  ONEMAP_WEBHOOK_HOSTS: hostList,
  /** Where people reach this server, as https://map.example.gov.cn; links and single sign-on need it. */
  ONEMAP_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address as https://map.example.gov.cn' })
    .refine((url) => URL.canParse(url) && new URL(url).pathname === '/', 'must have no path')
    .transform((url) => new URL(url).origin)
    .optional(),
  /** Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed; true: whoever connects. */
  ONEMAP_TRUST_PROXY: z
    .string()
    .refine(
      (text) => trustOf(text) !== null,
      'must be true, false, or addresses and networks joined by commas, as 10.0.0.5,192.168.0.0/16 (loopback: this machine)',
    )
    .optional(),
  /** Signs cookies and encrypts second factors; missing: one kept in the database. */
  ONEMAP_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  ONEMAP_PASSWORD_POLICY: z.enum(['asvs', 'dengbao']).default('asvs'),
  ONEMAP_IDLE_MINUTES: z.coerce.number().min(1).max(1440).default(30),
  ONEMAP_SESSION_HOURS: z.coerce.number().min(1).max(168).default(12),
  ONEMAP_LOCK_FAILURES: z.coerce.number().int().min(3).max(100).default(5),
  ONEMAP_LOCK_MINUTES: z.coerce.number().min(1).max(1440).default(15),
  ONEMAP_OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: 'must be the address of an OpenID provider' })
    .optional(),
  ONEMAP_OIDC_CLIENT_ID: z.string().optional(),
  ONEMAP_OIDC_CLIENT_SECRET: z.string().optional(),
  ONEMAP_OIDC_NAME: z.string().max(40).default('统一身份认证'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})
export type Env = z.infer<typeof Env>

const secrets = new Set(['ONEMAP_SECRET', 'ONEMAP_OIDC_CLIENT_SECRET'])

/**
 * Parses the environment once, at the start. An empty value counts as not set.
 * @throws Error `ENV_INVALID` naming each variable, its value and what would be right.
 */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = Env.safeParse(set)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0])
      const shown = secrets.has(name) ? '***' : withoutPassword(set[name] ?? '')
      return `${issue.path.join('.')} is "${shown}": ${issue.message}`
    })
    throw new Error(`ENV_INVALID: ${lines.join('; ')}`)
  }
  refuseHalfOidc(parsed.data)
  refuseHalfMail(parsed.data)
  return { ...parsed.data, ONEMAP_DATA: resolve(parsed.data.ONEMAP_DATA) }
}

function refuseHalfMail(env: Env): void {
  if (env.ONEMAP_SMTP_URL === undefined || env.ONEMAP_MAIL_FROM !== undefined) return
  throw new Error('ENV_INVALID: ONEMAP_MAIL_FROM is not set: mail needs a sender')
}

/** Single sign-on takes three settings, and the address that the provider sends people back to. */
function refuseHalfOidc(env: Env): void {
  const needed = [
    'ONEMAP_OIDC_ISSUER',
    'ONEMAP_OIDC_CLIENT_ID',
    'ONEMAP_OIDC_CLIENT_SECRET',
  ] as const
  const missing = needed.filter((name) => env[name] === undefined)
  if (missing.length === needed.length) return
  if (env.ONEMAP_URL === undefined) {
    throw new Error(
      'ENV_INVALID: ONEMAP_URL is not set: single sign-on needs the address that people come back to',
    )
  }
  if (missing.length > 0) {
    throw new Error(`ENV_INVALID: single sign-on also needs ${missing.join(', ')}`)
  }
}

/** An address as it may be shown and logged; a password with unencoded signs goes up to the last @. */
export function withoutPassword(url: string): string {
  return url.replace(/:\/\/([^:@/]*):.*@/, '://$1:***@')
}
