import { useState } from 'react'

/** Rows of a list that is edited as a whole, each with a key of its own. */
export interface EditorRows<Row> {
  rows: readonly (Row & { key: number })[]
  add: (row: Row) => void
  set: (key: number, patch: Partial<Row>) => void
  remove: (key: number) => void
}

export function useEditorRows<Row>(start: () => Row[]): EditorRows<Row> {
  const [rows, setRows] = useState(() => start().map((row, key) => ({ ...row, key })))
  return {
    rows,
    add: (row) =>
      setRows((now) => [...now, { ...row, key: Math.max(-1, ...now.map(({ key }) => key)) + 1 }]),
    set: (key, patch) =>
      setRows((now) => now.map((row) => (row.key === key ? { ...row, ...patch } : row))),
    remove: (key) => setRows((now) => now.filter((row) => row.key !== key)),
  }
}
