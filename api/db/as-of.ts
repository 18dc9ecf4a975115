import type { Query } from './sql.ts'

export type FactTable =
  | 'unit'
  | 'park'
  | 'project'
  | 'plan'
  | 'milestone'
  | 'investment'
  | 'report'
  | 'reference'
  | 'photo'
/** Other tables whose past is read. */
type LoopTable = 'dispatch' | 'dispatch_task' | 'dispatch_task_project'

/**
 * Which state of the facts is read. `asOf` null reads the tables themselves (now); an instant reads
 * the versions that were known then. `date` is the day in China that stages and lights are judged
 * at: a fact dated later than it is not shown, however early it was recorded.
 */
export interface View {
  asOf: string | null
  date: string
  /** The plan year whose list is counted. */
  year: number
}

/** A table as it was known at an instant, to stand after `from`: give it an alias. */
export function factTable(sql: Query, name: FactTable | LoopTable, asOf: string | null) {
  return asOf === null
    ? sql`${sql(name)}`
    : sql`(select * from ${sql(`${name}_history`)} where during @> ${asOf}::timestamptz)`
}
