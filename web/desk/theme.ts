import { useEffect, useState } from 'react'
import type { Theme } from '../map/palette.ts'

const key = 'desk-theme'

/** The desk is a day page unless this browser chose the night; what floats above it follows. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() =>
    localStorage.getItem(key) === 'night' ? 'night' : 'day',
  )
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
    return () => {
      delete document.documentElement.dataset['theme']
    }
  }, [theme])
  const choose = (next: Theme) => {
    localStorage.setItem(key, next)
    setTheme(next)
  }
  return [theme, choose]
}
