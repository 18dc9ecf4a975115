import type { Transaction } from '../db/sql.ts'

/** Of whom to whom, on which day. */
export interface Move {
  from: number
  to: number
  day: string
}

/** Moves what one noun knows of a person; tells how many rows went over. */
export interface HandoverStep {
  noun: string
  /** As people call what moves. */
  name: string
  move(tx: Transaction, move: Move): Promise<number>
}
