const slot = 'wanted'

/** Remembers this page's address while the browser is at a provider. */
export const wantAddress = (): void =>
  sessionStorage.setItem(slot, location.pathname + location.search)

/** The address that was wanted before the provider was asked; null: none, or taken already. */
export function takeWanted(): string | null {
  const address = sessionStorage.getItem(slot)
  sessionStorage.removeItem(slot)
  return address
}

/** What the server said when it sent the browser back without a session; null when it did not. */
export const refusedByProvider = (): string | null =>
  new URLSearchParams(location.search).get('refused')
