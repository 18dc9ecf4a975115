import type { Account, AccountRow } from './explanation.ts'

/** A row behind a figure; what is not said: counts one, opens nothing. */
export const rowOf = (row: Pick<AccountRow, 'key' | 'name'> & Partial<AccountRow>): AccountRow => ({
  project: null,
  note: '',
  amount: 1,
  source: '',
  at: '',
  ...row,
})

/** An account; what is not said: rows counted and added up by no rule, nothing left out. */
export const accountOf = (
  account: Pick<Account, 'value' | 'date' | 'rows'> & Partial<Account>,
): Account => ({ form: 'count', method: { kind: 'sum' }, rule: null, out: [], ...account })
