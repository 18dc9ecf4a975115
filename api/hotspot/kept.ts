/*
 * The map of the whole city by the city's own rule, kept for each day that has ended: table `hotspot`.
 */
import type { Query, Transaction } from '../db/sql.ts'
import { type HotspotRule, Hotspots } from './contract.ts'

/**
 * The map that was kept of a day, if the same rule made it and in the shape of today; only those who
 * see the whole city find it.
 */
export async function findKept(
  sql: Query,
  day: string,
  rule: HotspotRule,
): Promise<Hotspots | null> {
  const [row] = await sql<{ map: unknown }[]>`
    select map from hotspot where day = ${day}::date and map -> 'rule' = ${sql.json(rule)}`
  return Hotspots.safeParse(row?.map).data ?? null
}

/** The last day that has a map by any rule. */
export async function lastKept(sql: Query): Promise<string | null> {
  const [row] = await sql<{ day: string | null }[]>`select max(day) as day from hotspot`
  return row?.day ?? null
}

export async function keep(tx: Transaction, map: Hotspots): Promise<void> {
  await tx`
    insert into hotspot (day, map) values (${map.date}, ${tx.json(map)})
    on conflict (day) do nothing`
}
