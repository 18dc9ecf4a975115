/*
 * What each noun's preparation is given and gives back: facts compared with the database, nothing
 * written yet.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import type { Crs } from 'geo/crs'
import type { Transaction } from '../db/sql.ts'
import type { NameOf } from './change-words.ts'
import type { Finding } from './contract.ts'
import type { Draft, Table } from './draft.ts'
import type { Similar } from './similar.ts'
import type { Fact } from './store.ts'

export interface Preparing {
  tx: Transaction
  table: Table
  requested: Crs | 'auto'
  stated: string | null
  /** The day in China that the clock of the import stands at. */
  today: string
  now: Date
  progress: (done: number) => void
}

export interface Prepared {
  /** In the order in which they are to be written. */
  facts: Fact[]
  crs: string
  findings: Finding[]
  similar: Map<Draft, Similar[]>
  /** Whether what the row is about does not exist yet. */
  isNew: (draft: Draft) => boolean
  /** Code and name to show for a draft, where the row itself does not carry them. */
  identify: (draft: Draft) => { code: string; name: string } | null
  /** What an id in a change stands for. */
  nameOf: NameOf
}

/** The values of a record that are set: blanks never erase. */
export function present<T extends string | number | boolean>(
  values: Record<string, T | null | undefined>,
): Record<string, T> {
  const set: Record<string, T> = {}
  for (const field in values) {
    const value = values[field]
    if (value !== undefined && value !== null) set[field] = value
  }
  return set
}

const SLICE = 1000

/** Walks a long list in slices, so that the server goes on answering between them. */
export async function inSlices<T>(
  items: readonly T[],
  work: (slice: readonly T[], done: number) => void | Promise<void>,
): Promise<void> {
  for (let from = 0; from < items.length; from += SLICE) {
    await work(items.slice(from, from + SLICE), from)
    await breathe()
  }
}
