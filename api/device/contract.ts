import { z } from 'zod'
import { Id, Instant, LineText } from '../http/contract.ts'

/** 大屏: a wall that shows the city without a person, read-only. */
export const Device = z.object({
  id: Id,
  name: z.string(),
  createdAt: Instant,
  /** Its right ends then at the latest. */
  expiresAt: Instant,
  revokedAt: Instant.nullable(),
  lastSeenAt: Instant.nullable(),
  address: z.string().nullable(),
  /** What it told with its last heartbeat. */
  pageVersion: z.string().nullable(),
  screen: z.object({ width: z.number().int(), height: z.number().int() }).nullable(),
})
export type Device = z.infer<typeof Device>
/** GET /device, revoked ones last. */
export const DeviceList = z.object({ rows: z.array(Device) })
export type DeviceList = z.infer<typeof DeviceList>

export const DeviceInput = z.strictObject({ name: LineText.max(60) })
export type DeviceInput = z.infer<typeof DeviceInput>
/** POST /device: the link (/wall#device=<token>), shown once, makes the browser that opens it that wall. */
export const DeviceLink = z.object({ device: Device, link: z.string() })
export type DeviceLink = z.infer<typeof DeviceLink>

/** POST /device/session: what the page of the link sends (the token stands after #); sets the cookie. 410 DEVICE_INVALID. */
export const DeviceToken = z.strictObject({ token: z.string().min(1).max(200) })
export type DeviceToken = z.infer<typeof DeviceToken>

/** POST /device/pairing, public: the wall shows the code and keeps the secret. 429 PAIRING_BUSY. */
export const Pairing = z.object({
  /** Six digits, as they are typed in. */
  code: z.string().regex(/^\d{6}$/),
  secret: z.string(),
  expiresAt: Instant,
})
export type Pairing = z.infer<typeof Pairing>
/** PUT /device/pairing/:code: an administrator lets the wall in under a name. 404 PAIRING_NOT_FOUND. */
export const PairingCode = z.object({
  code: z.string().regex(/^\d{6}$/, { error: '配对码为 6 位数字' }),
})
/** GET /device/pairing/:secret, public: asked every few seconds; sets the cookie with `paired`. 410 PAIRING_EXPIRED. */
export const PairingState = z.object({ status: z.enum(['waiting', 'paired']) })
export type PairingState = z.infer<typeof PairingState>
export const PairingSecret = z.object({ secret: z.string().min(20).max(100) })

/** POST /device/heartbeat: by the wall itself, once a minute. */
export const Heartbeat = z.strictObject({
  pageVersion: LineText.max(60),
  width: z.number().int().min(1).max(100_000),
  height: z.number().int().min(1).max(100_000),
})
export type Heartbeat = z.infer<typeof Heartbeat>
