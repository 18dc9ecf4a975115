import { useState } from 'react'
import { copyText } from './copy-text.ts'

interface CopyButtonProps {
  text: string
  word: string
  /** Said once it is in the clipboard. */
  done: string
}

/** Copies a text; where the browser refuses, the text itself is there to be marked. */
export function CopyButton({ text, word, done }: CopyButtonProps) {
  const [isDone, setDone] = useState(false)
  return (
    <button
      type="button"
      className="button"
      onClick={() => void copyText(text).then((copied) => setDone(copied))}
    >
      <span role="status">{isDone ? done : word}</span>
    </button>
  )
}
