/** The audit's state as the URL holds it; absent = no condition. */
export type AuditSearch = Partial<
  Record<'kind' | 'noun' | 'row' | 'project' | 'person' | 'from' | 'to' | 'text' | 'entry', string>
>

const names: (keyof AuditSearch)[] = [
  'kind',
  'noun',
  'row',
  'project',
  'person',
  'from',
  'to',
  'text',
  'entry',
]

/** Keeps what the screen knows and drops the rest. */
export function auditSearch(raw: Record<string, unknown>): AuditSearch {
  const search: AuditSearch = {}
  for (const name of names) {
    const value = raw[name]
    if (value !== undefined && value !== null && value !== '') search[name] = String(value)
  }
  return search
}

/** What the server is asked for: all but the entry that is open. */
export function filterOf({ entry: _, ...filter }: AuditSearch): Omit<AuditSearch, 'entry'> {
  return filter
}
