import { z } from 'zod'

/**
 * 亮灯. red 严重滞后 ▲, amber 滞后 ◆, green 正常 ●, stale 数据过期 ▨ (never green),
 * finished 已完工 (blue ring), none 未到 / 不亮灯 (grey: preliminary, not on the year's list, not yet due).
 */
export const LightState = z.enum(['red', 'amber', 'green', 'stale', 'finished', 'none'])
export type LightState = z.infer<typeof LightState>

export const Light = z.object({
  state: LightState,
  /** Chinese sentence with its figures. */
  reason: z.string(),
  rule: z.string(),
  /** Done minus planned to the last reported month, in percentage points of the annual plan (negative = behind). */
  lagPoints: z.number().nullable(),
})
export type Light = z.infer<typeof Light>

/** A versioned rule as data. */
export const LightRule = z.object({
  name: z.string(),
  version: z.number().int(),
  /** Points behind the own monthly plan from which a project is amber / red. */
  amberLagPoints: z.number().positive(),
  redLagPoints: z.number().positive(),
  /** Days after the planned start without start: amber / red. */
  amberStartDays: z.number().int().positive(),
  redStartDays: z.number().int().positive(),
  /** A project is stale this many days after the end of its last reported month. */
  staleDays: z.number().int().positive(),
})
export type LightRule = z.infer<typeof LightRule>
