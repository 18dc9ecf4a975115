const key = 'actor'

/** The name that this browser writes under, until there is sign-in; empty when none was given. */
export const actorName = (): string => localStorage.getItem(key) ?? ''

export const keepActorName = (name: string): void => localStorage.setItem(key, name.trim())

/** The header that tells the server who writes; percent-encoded, since headers are Latin. */
export function actorHeader(): Record<string, string> {
  const name = actorName()
  return name === '' ? {} : { 'x-onemap-actor': encodeURIComponent(name) }
}
