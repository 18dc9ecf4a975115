/** Days, months and instants as people read them. Days are `YYYY-MM-DD`, in China's time. */
const dayMs = 86_400_000

/** A date as exactly as it is known: 2023-05-31, 2023年5月, 2023年二季度, 2023年; or 2023-05, 2023 Q2, 2023. */
export function dateAs(date: string | null, precision: string | null, language = 'zh'): string {
  if (!date) return '—'
  const [year, month] = date.split('-')
  const quarter = Math.ceil(Number(month) / 3)
  if (language === 'en') {
    const spans = { month: `${year}-${month}`, quarter: `${year} Q${quarter}`, year: String(year) }
    return spans[precision as keyof typeof spans] ?? date
  }
  if (precision === 'month') return `${year}年${Number(month)}月`
  if (precision === 'quarter') return `${year}年${'一二三四'[quarter - 1]}季度`
  if (precision === 'year') return `${year}年`
  return date
}

/** The month of a MapSnapshot's `reported` (year × 12 + month − 1), "2023-04"; "—" when none. */
export function monthOf(index: number): string {
  return index < 0 ? '—' : monthText(Math.floor(index / 12), (index % 12) + 1)
}

/** `YYYY-MM` of a year and a month 1–12. */
export const monthText = (year: number, month: number): string =>
  `${year}-${String(month).padStart(2, '0')}`

/** `YYYY-MM` of a day's year up to its month, latest first; in January the December before too. */
export function monthsUpTo(date: string): string[] {
  const [year = 0, present = 1] = date.split('-').map(Number)
  const months = Array.from({ length: present }, (_, index) => monthText(year, present - index))
  return present === 1 ? [...months, monthText(year - 1, 12)] : months
}

/** An instant as China's clocks showed it, `YYYY-MM-DD HH:mm`. */
export const instantText = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

/** Whole days from one day to another, negative when it lies before. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs)

/** The share of a year that has gone by at the end of a day, 0 to 1: 2023-05-31 of 2023 → 151/365. */
export function yearShare(date: string, year: number): number {
  const start = Date.UTC(year, 0, 1)
  const passed = Date.parse(date) + dayMs - start
  return Math.min(1, Math.max(0, passed / (Date.UTC(year + 1, 0, 1) - start)))
}

/** The day so many days after another, before it where negative. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)
