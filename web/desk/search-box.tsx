import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { focusList } from './focus-list.ts'

interface SearchBoxProps {
  text: string
  onText: (text: string) => void
  /** Enter: open the first match. */
  onFirst: () => void
}

/** Searches by name, code, enterprise and pinyin initials; ⌘K or Ctrl-K comes here from anywhere. */
export function SearchBox({ text, onText, onFirst }: SearchBoxProps) {
  const { t } = useTranslation(['desk'])
  const input = useRef<HTMLInputElement>(null)
  // What is being typed stays ahead of the URL, which follows it.
  const [typed, setTyped] = useState(text)
  const sent = useRef(text)
  useEffect(() => {
    if (text !== sent.current) setTyped(text)
    sent.current = text
  }, [text])
  useEffect(() => {
    const focus = (event: globalThis.KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      input.current?.focus()
      input.current?.select()
    }
    addEventListener('keydown', focus)
    return () => removeEventListener('keydown', focus)
  }, [])

  const write = (next: string) => {
    sent.current = next
    setTyped(next)
    onText(next)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') onFirst()
    else if (event.key === 'ArrowDown') focusList()
    else if (event.key === 'Escape' && typed !== '') write('')
    else return
    event.preventDefault()
  }
  return (
    <label className="desk-search">
      <span className="visually-hidden">{t('desk:search.label')}</span>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentcolor" strokeWidth="1.5" />
        <path d="M10.5 10.5L14 14" stroke="currentcolor" strokeWidth="1.5" strokeLinecap="round" />
      </svg>
      <input
        ref={input}
        type="search"
        value={typed}
        placeholder={t('desk:search.hint')}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKey}
        autoComplete="off"
        spellCheck={false}
      />
      <kbd>{navigator.platform.startsWith('Mac') ? '⌘K' : 'Ctrl K'}</kbd>
    </label>
  )
}
