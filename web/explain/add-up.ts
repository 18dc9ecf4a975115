import type { Account, AccountRow } from '../shell/explanation.ts'

/** What the rows of an account make by its method; null where they make nothing. */
export function addUp({ rows, method }: Pick<Account, 'rows' | 'method'>): number | null {
  const amounts = rows.map(({ amount }) => amount)
  switch (method.kind) {
    case 'sum':
      return sumOf(amounts)
    case 'ratio': {
      const base = sumOf(rows.map((row) => row.base ?? 0))
      if (base <= 0) return null
      return (sumOf(amounts) / base) * method.scale - (method.minus?.value ?? 0)
    }
    case 'largest':
      return amounts.length > 0 ? amounts.reduce((most, one) => Math.max(most, one)) : null
    case 'median':
      return medianOf(amounts)
  }
}

/**
 * Whether the rows make the figure. Sums of cents in another order differ in the last binary digits,
 * and the server rounds to cents and tenths: a millionth of the figure, at least half a cent, is the same.
 */
export function addsUp(account: Pick<Account, 'rows' | 'method' | 'value'>): boolean {
  const made = addUp(account)
  if (made === null || account.value === null) return made === account.value
  return Math.abs(made - account.value) <= Math.max(0.005, Math.abs(account.value) * 1e-6)
}

export const sumOf = (amounts: readonly number[]): number =>
  amounts.reduce((sum, amount) => sum + amount, 0)

function medianOf(amounts: readonly number[]): number | null {
  const sorted = [...amounts].sort((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

export type SortBy = 'name' | 'amount' | 'base' | 'at' | 'source'

/** The rows in order: numbers the largest first, words as they are written. */
export function inOrder(rows: readonly AccountRow[], by: SortBy): AccountRow[] {
  const byNumber = (value: (row: AccountRow) => number) => (a: AccountRow, b: AccountRow) =>
    Math.abs(value(b)) - Math.abs(value(a))
  if (by === 'amount') return [...rows].sort(byNumber(({ amount }) => amount))
  if (by === 'base') return [...rows].sort(byNumber(({ base }) => base ?? 0))
  return [...rows].sort((a, b) => a[by].localeCompare(b[by], 'zh'))
}
