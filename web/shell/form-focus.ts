import { type RefObject, useEffect, useRef, useState } from 'react'

/** Focus goes into a form that opens, and back to what opened it when the form is left. */
export function useFormFocus(): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  const [opener] = useState(() => document.activeElement)
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('select, input, textarea')?.focus()
    return () => {
      // Whoever has gone elsewhere meanwhile is not called back.
      if (document.activeElement !== document.body) return
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
    }
  }, [opener])
  return form
}
