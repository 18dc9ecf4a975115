const addressSlot = 'wanted'
const refusalSlot = 'refused'

/** Remembers this page's address while the browser is at a provider. */
export const wantAddress = (): void =>
  sessionStorage.setItem(addressSlot, location.pathname + location.search)

/**
 * The address that was wanted before the provider was asked; null: none, or taken already. Why the
 * provider's answer was refused (`/?refused=…`) is kept for the sign-in page.
 */
export function takeWanted(): string | null {
  const refused = new URLSearchParams(location.search).get('refused')
  if (refused !== null) sessionStorage.setItem(refusalSlot, refused)
  const address = sessionStorage.getItem(addressSlot)
  sessionStorage.removeItem(addressSlot)
  return address
}

/** Why the provider's answer was refused: nobody here by that name, or no answer to go by. */
export const refusedByProvider = (): 'PERSON_UNKNOWN' | 'PROVIDER_FAILED' | null => {
  const code = sessionStorage.getItem(refusalSlot)
  if (code === null) return null
  return code === 'PERSON_UNKNOWN' ? code : 'PROVIDER_FAILED'
}

export const forgetRefusal = (): void => sessionStorage.removeItem(refusalSlot)
