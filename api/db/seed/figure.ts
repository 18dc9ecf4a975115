/*
 * The published totals of a pack (figure.csv) and the quotas that follow from them: how many
 * projects and how much money each part of the year's list takes, in whole 万元.
 */
import type { Category } from '../../project/contract.ts'
import { allot } from './allot.ts'
import type { PackFiles } from './pack.ts'

export const CATEGORIES = ['industry', 'infrastructure', 'livelihood', 'ecology'] as const

const YI = 10_000

/** The published totals of the year's list; money in 万元. */
export interface Figures {
  count: number
  totalWan: number
  annualWan: number
  doneWan: number
  preliminary: { count: number; totalWan: number; annualWan: number }
  collective: { count: number; totalWan: number; annualWan: number }
  collectiveClass: Record<Category, { count: number; totalWan: number }>
  /** The later year whose proportions split the list by category: count, 亿, 亿. */
  proportion: Record<Category, [number, number, number]>
}

/** One part of the list: everything in it is decided together and adds up to these. */
export interface Quota {
  kind: 'construction' | 'preliminary'
  category: Category
  collective: boolean
  count: number
  totalWan: number
  annualWan: number
}

/**
 * Reads figure.csv.
 * @throws Error `FIGURE_MISSING` naming the key that the pack lacks.
 */
export function readFigures(rows: PackFiles['figure']): Figures {
  const numbers = (key: string) => {
    const row = rows.find((one) => one.key === key)
    if (!row) throw new Error(`FIGURE_MISSING: figure.csv has no row with key "${key}"`)
    return row.value.split('/').map((text) => Number.parseFloat(text))
  }
  const at = (key: string, index = 0) => numbers(key)[index] ?? 0
  const classOf = (category: Category) =>
    category === 'ecology'
      ? { count: 0, totalWan: 0 }
      : {
          count: at(`collective_start_2023q1_${category}`),
          totalWan: wan(at(`collective_start_2023q1_${category}`, 1)),
        }
  const proportionOf = (category: Category): [number, number, number] => {
    const key = `plan_2024_${category}`
    return [at(key), at(key, 1), at(key, 2)]
  }
  return {
    count: at('project_count_2023'),
    totalWan: wan(at('project_total_investment_2023')),
    annualWan: wan(at('project_annual_plan_2023')),
    doneWan: wan(at('progress_2023_m5')),
    preliminary: {
      count: at('preliminary_2022'),
      totalWan: wan(at('preliminary_2022', 1)),
      annualWan: wan(at('preliminary_2022', 2)),
    },
    collective: {
      count: at('collective_start_2023q1_count'),
      totalWan: wan(at('collective_start_2023q1_total')),
      annualWan: wan(at('collective_start_2023q1_annual_plan')),
    },
    collectiveClass: byCategory(classOf),
    proportion: byCategory(proportionOf),
  }
}

/** The parts of the list: 前期, collective starts and the rest, each by category. */
export function quotasOf(
  figures: Figures,
  preliminary: Record<Category, { count: number; totalYi: number }>,
): Quota[] {
  const whole = byProportion(figures)
  const early = CATEGORIES.map((category) => preliminary[category].count)
  const earlyAnnual = split(figures.preliminary.annualWan, early)
  const started = CATEGORIES.map((category) => figures.collectiveClass[category])
  const startedAnnual = split(
    figures.collective.annualWan,
    started.map((one) => one.totalWan),
  )
  return CATEGORIES.flatMap((category, index): Quota[] => {
    const all = pick(whole, index)
    const first: Quota = {
      kind: 'preliminary',
      category,
      collective: false,
      count: pick(early, index),
      totalWan: wan(preliminary[category].totalYi),
      annualWan: pick(earlyAnnual, index),
    }
    const second: Quota = {
      kind: 'construction',
      category,
      collective: true,
      ...pick(started, index),
      annualWan: pick(startedAnnual, index),
    }
    const rest: Quota = {
      kind: 'construction',
      category,
      collective: false,
      count: all.count - first.count - second.count,
      totalWan: all.totalWan - first.totalWan - second.totalWan,
      annualWan: all.annualWan - first.annualWan - second.annualWan,
    }
    return [first, second, rest].filter((quota) => quota.count > 0)
  })
}

function byProportion(figures: Figures): { count: number; totalWan: number; annualWan: number }[] {
  const weights = (index: 0 | 1 | 2) =>
    CATEGORIES.map((category) => figures.proportion[category][index])
  const counts = split(figures.count, weights(0))
  const totals = split(figures.totalWan, weights(1))
  const annuals = split(figures.annualWan, weights(2))
  return CATEGORIES.map((_, index) => ({
    count: pick(counts, index),
    totalWan: pick(totals, index),
    annualWan: pick(annuals, index),
  }))
}

function split(total: number, weights: readonly number[]): number[] {
  return allot(
    total,
    weights.map((weight) => ({ weight })),
  )
}

/** The item of a list that is as long as the categories are. */
function pick<T>(items: readonly T[], index: number): T {
  return items[index] as T
}

function byCategory<T>(of: (category: Category) => T): Record<Category, T> {
  return {
    industry: of('industry'),
    infrastructure: of('infrastructure'),
    livelihood: of('livelihood'),
    ecology: of('ecology'),
  }
}

function wan(yi: number): number {
  return Math.round(yi * YI)
}
