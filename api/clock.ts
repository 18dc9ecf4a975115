/**
 * The only source of time in the server. SQL learns it through `transact` (setting `onemap.now`),
 * rules get a date passed in; nothing else may ask the wall clock what day it is.
 */
export interface Clock {
  /** The present instant as the application knows it. */
  now(): Date
  /** True when this is not the real time (demo, replay): every screen says so. */
  readonly simulated: boolean
}

export const realClock: Clock = { now: () => new Date(), simulated: false }

/**
 * A clock that starts at `start` and runs on at real speed.
 * `notBefore` (the last recorded change) keeps it from running backwards after a restart:
 * history ranges must never end before they begin.
 */
export function clockFrom(start: Date, notBefore?: Date): Clock {
  const origin = Math.max(start.getTime(), notBefore ? notBefore.getTime() + 1 : 0)
  const startedAt = performance.now()
  return {
    now: () => new Date(origin + (performance.now() - startedAt)),
    simulated: true,
  }
}

/**
 * Reads ONEMAP_CLOCK: `2023-05-31` (09:00 of that day, China time), an ISO instant, or `now`.
 * @throws Error `CLOCK_INVALID` naming the value and the accepted forms.
 */
export function parseClockStart(text: string): Date | 'now' {
  if (text === 'now') return 'now'
  const iso = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T09:00:00+08:00` : text
  const at = new Date(iso)
  const hasZone = /(Z|[+-]\d{2}:?\d{2})$/.test(iso)
  if (Number.isNaN(at.getTime()) || !hasZone || !sameDay(iso, at)) {
    throw new Error(
      `CLOCK_INVALID: ONEMAP_CLOCK is "${text}"; use a date (2023-05-31), an instant with zone (2023-05-31T09:00:00+08:00) or "now"`,
    )
  }
  return at
}

/** Rejects rolled-over dates such as 2023-02-31, which Date would turn into 3 March. */
function sameDay(iso: string, at: Date): boolean {
  const [, y, m, d] = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso) ?? []
  const check = new Date(Date.UTC(Number(y), Number(m) - 1, Number(d)))
  return (
    check.getUTCMonth() === Number(m) - 1 &&
    check.getUTCDate() === Number(d) &&
    Number.isFinite(at.getTime())
  )
}

/** The calendar day in China (UTC+8, no daylight saving) of an instant, as `YYYY-MM-DD`. */
export function chinaDate(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
}
