/*
 * What late projects have in common: traits that are over-represented in a place against the rest.
 */
import { exactTest } from 'geo/exact-test'
import { falseDiscovery } from 'geo/false-discovery'
import type { HotspotTrait } from './contract.ts'

export interface Trait {
  kind: HotspotTrait['kind']
  name: string
}

/** A project with what may be shared. */
export interface Bearer {
  unitId: number
  isLate: boolean
  traits: readonly Trait[]
}

/** Kinds that belong to a place of their own: the body of a district has that district's projects. */
const bound: ReadonlySet<Trait['kind']> = new Set(['holder', 'department'])

/**
 * The traits that more of the late projects `here` have than chance would give them, against those
 * `elsewhere`, corrected over all that were tried: each that at least two late projects have, whatever
 * side they lie on. `tried` is how many these were.
 */
export function sharedTraits(
  here: readonly Bearer[],
  elsewhere: readonly Bearer[],
  q: number,
): { traits: HotspotTrait[]; tried: number } {
  const [late, others] = [here.filter(isLate), elsewhere.filter(isLate)]
  const [inside, outside] = [counted(late), counted(others)]
  const rows = tryable(here, elsewhere).flatMap((key): Omit<HotspotTrait, 'adjustedP'>[] => {
    const trait = inside.get(key) ?? outside.get(key)
    const [count, rest] = [inside.get(key)?.count ?? 0, outside.get(key)?.count ?? 0]
    if (!trait || count + rest < 2) return []
    const { kind, name } = trait
    const table = { here: count, hereOf: late.length, elsewhere: rest, elsewhereOf: others.length }
    const p = exactTest(count, late.length, count + rest, late.length + others.length)
    return [{ kind, name, ...table, p, sentence: sentenceOf(trait, table, p) }]
  })
  const adjusted = falseDiscovery(rows.map(({ p }) => p))
  const traits = rows
    .map((row, at): HotspotTrait => ({ ...row, adjustedP: adjusted[at] ?? 1 }))
    .filter(({ adjustedP }) => adjustedP <= q)
    .sort((a, b) => a.p - b.p)
  return { traits, tried: rows.length }
}

const isLate = (bearer: Bearer): boolean => bearer.isLate
const keyOf = ({ kind, name }: Trait): string => `${kind} ${name}`

function counted(bearers: readonly Bearer[]): Map<string, Trait & { count: number }> {
  const counts = new Map<string, Trait & { count: number }>()
  for (const { traits } of bearers) {
    for (const trait of new Map(traits.map((one) => [keyOf(one), one])).values()) {
      const count = (counts.get(keyOf(trait))?.count ?? 0) + 1
      counts.set(keyOf(trait), { ...trait, count })
    }
  }
  return counts
}

/** Keys of all traits but those of bodies that have projects in the place's own units only. */
function tryable(here: readonly Bearer[], elsewhere: readonly Bearer[]): string[] {
  const own = new Set(here.map(({ unitId }) => unitId))
  const keys = new Map<string, boolean>()
  for (const { unitId, traits } of [...here, ...elsewhere]) {
    for (const trait of traits) {
      const isWide = !bound.has(trait.kind) || !own.has(unitId)
      keys.set(keyOf(trait), (keys.get(keyOf(trait)) ?? false) || isWide)
    }
  }
  return [...keys].flatMap(([key, isWide]) => (isWide ? [key] : [])).sort()
}

const says: Record<Trait['kind'], (name: string) => string> = {
  cause: (name) => `卡在${name}`,
  holder: (name) => `球在${name}手里`,
  department: (name) => `由${name}牵头`,
  enterprise: (name) => `业主是${name}`,
  step: (name) => `停在“${name}”这一步`,
}

function sentenceOf(
  { kind, name }: Trait,
  {
    here,
    hereOf,
    elsewhere,
    elsewhereOf,
  }: Pick<HotspotTrait, 'here' | 'hereOf' | 'elsewhere' | 'elsewhereOf'>,
  p: number,
): string {
  const rest =
    elsewhereOf === 0
      ? '其余地方没有滞后项目'
      : `其余地方 ${Math.round((100 * elsewhere) / elsewhereOf)}%（${elsewhereOf} 个中 ${elsewhere} 个）`
  return `${hereOf} 个滞后项目中 ${here} 个${says[kind](name)}，${rest}；${pText(p)}`
}

/** As it is read: “p=0.012”, “p<0.001”. */
export const pText = (p: number): string => (p < 0.001 ? 'p<0.001' : `p=${p.toFixed(3)}`)
