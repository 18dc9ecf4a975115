/** Figures as officials write them. Amounts come in 万元. */
const two = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const upToTwo = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 })
const whole = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 0 })
const one = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

const known = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value)

/** A true minus sign lines up with tabular figures. */
const signed = (text: string): string => text.replace('-', '−')

/** 亿元 with two decimals, "—" when not known. */
export const yi = (wan: number | null | undefined): string =>
  known(wan) ? signed(two.format(wan / 10_000)) : '—'
/** 万元, at most two decimals. */
export const wan = (value: number | null | undefined): string =>
  known(value) ? upToTwo.format(value) : '—'
export const count = (value: number | null | undefined): string =>
  known(value) ? whole.format(value) : '—'
/** A share as percent with one decimal, 0.281 → 28.1%. */
export const percent = (share: number | null | undefined): string =>
  known(share) ? `${signed(one.format(share * 100))}%` : '—'
/** One decimal, grouped: the size of a difference whose direction a word tells. */
export const tenths = (value: number): string => signed(one.format(value))
/** Percentage points with sign. */
export const points = (value: number | null | undefined): string =>
  known(value) ? `${signOf(value)}${one.format(Math.abs(value))}` : '—'
/** None for what rounds to 0.0. */
const signOf = (value: number): string => (Math.abs(value) < 0.05 ? '' : value > 0 ? '+' : '−')
/** 万元 with two decimals, as forms and reports write it. */
export const fixedWan = (value: number | null | undefined): string =>
  known(value) ? signed(two.format(value)) : '—'
/** The same with its sign: a difference. */
export const signedWan = (value: number | null | undefined): string =>
  known(value) ? `${value > 0 ? '+' : ''}${signed(two.format(value))}` : '—'
