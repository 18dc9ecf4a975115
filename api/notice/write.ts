import type { Transaction } from '../db/sql.ts'
import { usualChannels } from './channels.ts'
import type { NoticeKind } from './contract.ts'

export interface NoticeInput {
  /** The same key is one notice, for ever: name the event, not the moment (`issue/17/due/2023-06-02/p5`). */
  key: string
  personId: number
  kind: NoticeKind
  /** One line. */
  title: string
  text: string
  /** Address within the page, beginning with /. */
  link: string
  /** The row that it is about; group robots hear of it when that row lies in their unit or park. */
  noun: string
  rowId: number
}

/**
 * Tells people something, in the transaction of what it tells of: both are there, or neither. Writes
 * what goes out by mail and to group robots by each addressee's preference, and a copy for whoever
 * stands in for the addressee today. People without a living account are told nothing.
 * @returns how many notices are new.
 */
export async function notify(tx: Transaction, notices: readonly NoticeInput[]): Promise<number> {
  if (notices.length === 0) return 0
  const [row] = await tx<{ told: number }[]>`
    select tell_persons(${JSON.stringify(notices)}::text::jsonb,
                        ${JSON.stringify(usualChannels)}::text::jsonb) as told`
  return row?.told ?? 0
}
