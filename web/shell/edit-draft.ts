import { useState } from 'react'
import { useMe } from '../session/me.ts'

/** A field that was changed: its text, and the value that the writer saw when first touching it. */
export interface Touched {
  text: string
  seen: string
}

export interface EditDraft {
  touched: Record<string, Touched>
  /** Whether it was begun before this form was opened. */
  isResumed: boolean
  /** `now` is the field's stored value, remembered at the first touch. */
  touch: (field: string, text: string, now: string) => void
  /** Takes other people's values as seen: the next save goes over them knowingly. */
  acknowledge: (values: Record<string, string>) => void
  drop: () => void
}

/**
 * What a form has changed, kept in this browser until it is saved or given up. Only touched fields
 * are held: the rest shows what is stored, so that nobody's change is undone by an old form.
 */
export function useEditDraft(name: string): EditDraft {
  // Of each person apart: a shared machine shows nobody what another has begun.
  const slot = `edit-draft-${useMe()?.id ?? ''}-${name}`
  const [touched, setTouched] = useState(() => read(slot))
  const [isResumed] = useState(() => Object.keys(touched).length > 0)
  const keep = (next: Record<string, Touched>) => {
    setTouched(next)
    localStorage.setItem(slot, JSON.stringify(next))
  }
  return {
    touched,
    isResumed,
    touch: (field, text, now) =>
      keep({ ...touched, [field]: { text, seen: touched[field]?.seen ?? now } }),
    acknowledge: (values) => {
      const fresh = Object.entries(values).flatMap(([field, seen]) => {
        const before = touched[field]
        return before ? [[field, { ...before, seen }] as const] : []
      })
      keep({ ...touched, ...Object.fromEntries(fresh) })
    },
    drop: () => {
      localStorage.removeItem(slot)
      setTouched({})
    },
  }
}

function read(slot: string): Record<string, Touched> {
  try {
    return JSON.parse(localStorage.getItem(slot) ?? '{}') as Record<string, Touched>
  } catch {
    return {}
  }
}

/** The touched fields whose stored value is no longer the one that was seen: field → value now. */
export function conflictsOf(
  touched: Record<string, Touched>,
  stored: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(touched).flatMap(([field, { text, seen }]) => {
      const now = stored[field] ?? ''
      return now !== seen && now !== text.trim() ? [[field, now]] : []
    }),
  )
}
