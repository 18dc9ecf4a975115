import type { Account } from 'api/account/contract'

/** How an account stands, the gravest first. */
export type AccountState = 'disabled' | 'locked' | 'invited' | 'unused' | 'active'

/** The lock and the invitation are told by the server only while they hold. */
export function stateOf(account: Account): AccountState {
  if (account.disabledAt !== null) return 'disabled'
  if (account.lockedUntil !== null) return 'locked'
  if (account.hasPassword || account.hasProvider) return 'active'
  return account.invitedUntil === null ? 'unused' : 'invited'
}

/** People whose login, name, title or contact has the words, in the order of their names. */
export function searchAccounts(rows: readonly Account[], text: string): Account[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const has = (account: Account) => {
    const hay = [account.login, account.name, account.title, account.phone, account.email]
      .join(' ')
      .toLowerCase()
    return words.every((word) => hay.includes(word))
  }
  return rows
    .filter((account) => account.kind === 'person' && has(account))
    .sort((a, b) => a.name.localeCompare(b.name, 'zh'))
}
