/** Figures as officials write them. Amounts come in 万元. */
const two = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const upToTwo = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 })
const whole = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 0 })
const one = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

const known = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value)

/** 亿元 with two decimals, "—" when not known. */
export const yi = (wan: number | null | undefined): string =>
  known(wan) ? two.format(wan / 10_000) : '—'
/** 万元, at most two decimals. */
export const wan = (value: number | null | undefined): string =>
  known(value) ? upToTwo.format(value) : '—'
export const count = (value: number | null | undefined): string =>
  known(value) ? whole.format(value) : '—'
/** A share as percent with one decimal, 0.281 → 28.1%. */
export const percent = (share: number | null | undefined): string =>
  known(share) ? `${one.format(share * 100)}%` : '—'
/** Percentage points with sign; a true minus sign lines up with tabular figures. */
export const points = (value: number | null | undefined): string =>
  known(value) ? `${value > 0 ? '+' : value < 0 ? '−' : ''}${one.format(Math.abs(value))}` : '—'

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
  if (index < 0) return '—'
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}
