import { useState } from 'react'

/**
 * Which of several forms is open, how another is chosen, and how this one is closed: an answer that
 * comes late closes the form that it belongs to, not one that was opened meanwhile.
 */
export function useOpen<Name>(): [
  open: Name | null,
  choose: (name: Name | null) => void,
  close: () => void,
] {
  const [open, choose] = useState<Name | null>(null)
  return [open, choose, () => choose((now) => (now === open ? null : now))]
}
