import type { Device } from 'api/device/contract'

/** Three heartbeats missed: a wall that is off, or cut off. */
const silentMs = 200_000

export type DeviceState = 'new' | 'on' | 'silent' | 'expired' | 'revoked'

/** How a wall stands at a moment (ms). */
export function stateOf(device: Device, now: number): DeviceState {
  if (device.revokedAt !== null) return 'revoked'
  if (Date.parse(device.expiresAt) <= now) return 'expired'
  if (device.lastSeenAt === null) return 'new'
  return now - Date.parse(device.lastSeenAt) < silentMs ? 'on' : 'silent'
}
