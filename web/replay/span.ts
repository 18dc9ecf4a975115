import { dayAfter, daysBetween } from '../ui/date.ts'

/** Days that are over, from one to another, `YYYY-MM-DD`. */
export interface Span {
  from: string
  to: string
}

/** A year that only just began to be known is shown with the one after it. */
const fewDays = 31

/** The past of a city by calendar years, oldest first; empty on the first day that it is known. */
export function spansOf(since: string, today: string): Span[] {
  const last = dayAfter(today, -1)
  const spans: Span[] = []
  for (let from = since; from <= last; ) {
    const end = `${from.slice(0, 4)}-12-31`
    const isShort = spans.length === 0 && daysBetween(from, end) < fewDays
    const whole = isShort ? `${Number(from.slice(0, 4)) + 1}-12-31` : end
    const [to = last] = [whole, last].sort()
    spans.push({ from, to })
    from = dayAfter(to, 1)
  }
  return spans
}

/** The span that a day lies in; the newest one for the present, null without any. */
export const spanOf = (spans: readonly Span[], day: string | null): Span | null =>
  (day === null ? undefined : spans.find(({ from, to }) => from <= day && day <= to)) ??
  spans.at(-1) ??
  null
