/*
 * Names of generated projects: place, product and sort, never the same twice, always ending in the
 * suffix that marks them as made up.
 */
import type { Random } from 'geo/random'
import type { Category } from '../../project/contract.ts'
import type { PackFiles } from './pack.ts'

export interface Named {
  name: string
  /** Industry chain, null outside industry. */
  chain: string | null
}

interface Wanted {
  category: Category
  unit: string
  /** Park or town. */
  place: string
  large: boolean
}

const PHASES = ['', '二期', '三期', '四期', '五期']

/** A maker of names that remembers those given. */
export function nameMaker({ wording, recipe, project }: PackFiles) {
  const given = new Set(project.map((row) => row['项目名称']))
  const chains = Object.entries(wording.chains)
  return ({ category, unit, place, large }: Wanted, random: Random): Named => {
    const subjects = (large ? wording.largeSubjects : wording.subjects)[category]
    for (let tries = 0; ; tries++) {
      const industry = category === 'industry'
      const [chain, { products }] = random.pickWeighted(
        chains,
        ([, one]) => one.weight[place] ?? one.weight[unit] ?? 0.15,
      )
      const what = industry ? random.pick(products) : ''
      const phase = PHASES[Math.floor(tries / 4)] ?? `${tries}期`
      const name = `${shortPlace(place, unit)}${what}${random.pick(subjects)}${phase}${recipe.nameSuffix}`
      if (given.has(name)) continue
      given.add(name)
      return { name, chain: industry ? chain : null }
    }
  }
}

/** 荷塘产业开发区（金山工业园） is spoken of as 荷塘区金山工业园. */
function shortPlace(place: string, unit: string): string {
  const inner = /（(.+)）$/.exec(place)?.[1]
  const short = inner ?? place
  return short.startsWith(unit.slice(0, 2)) ? short : `${unit}${short}`
}
