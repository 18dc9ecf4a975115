import type { z } from 'zod'
import type { Query } from './sql.ts'

/**
 * What the city has set under a key, else the usual.
 * @throws Error as settingOf.
 */
export async function readSetting<Value>(
  sql: Query,
  key: string,
  schema: z.ZodType<Value>,
  usual: Value,
): Promise<Value> {
  const [row] = await sql<{ value: unknown }[]>`select value from setting where key = ${key}`
  return settingOf(key, row?.value, schema, usual)
}

/**
 * What stands under a key as it was read, else the usual.
 * @throws Error `RULE_INVALID` naming the setting, when what is stored is damaged.
 */
export function settingOf<Value>(
  key: string,
  stored: unknown,
  schema: z.ZodType<Value>,
  usual: Value,
): Value {
  if (stored === undefined || stored === null) return usual
  const parsed = schema.safeParse(stored)
  if (parsed.success) return parsed.data
  throw new Error(`RULE_INVALID: setting ${key}: ${parsed.error.issues[0]?.message ?? ''}`)
}
