import type { HotspotBasis, HotspotMeasure, HotspotRule } from 'api/hotspot/contract'

/** What the reader asks for in place of the city's own rule; what is left out is the rule's. */
export interface HotspotAsk {
  measure?: HotspotMeasure
  weighted?: boolean
  basis?: HotspotBasis
  bandKm?: number
}

export const measures: readonly HotspotMeasure[] = ['lag', 'slip', 'issue']
export const bases: readonly HotspotBasis[] = ['cell', 'project']
/** Kilometres between which the page lets a reader choose. */
export const band = { least: 1, most: 60 }

export const isOwn = (ask: HotspotAsk): boolean => Object.keys(ask).length > 0

/** As the address writes it, `slip.weighted.project.12`: parts in any order, unknown ones left out. */
export function readAsk(text: string | undefined): HotspotAsk {
  const parts = (text ?? '').split('.').filter(Boolean)
  const measure = measures.find((one) => parts.includes(one))
  const basis = bases.find((one) => parts.includes(one))
  const weighted = parts.includes('weighted') ? true : parts.includes('plain') ? false : undefined
  const bandKm = parts.map(Number).find((km) => km >= band.least && km <= band.most)
  return {
    ...(measure === undefined ? {} : { measure }),
    ...(weighted === undefined ? {} : { weighted }),
    ...(basis === undefined ? {} : { basis }),
    ...(bandKm === undefined ? {} : { bandKm: Math.round(bandKm) }),
  }
}

export function writeAsk({ measure, weighted, basis, bandKm }: HotspotAsk): string {
  const weight = weighted === undefined ? undefined : weighted ? 'weighted' : 'plain'
  return [measure, weight, basis, bandKm].filter((part) => part !== undefined).join('.')
}

/** The rule with what is asked for instead. */
export const ruleOf = (rule: HotspotRule, ask: HotspotAsk): HotspotRule => ({ ...rule, ...ask })

/** What is left of a wish once it is no other than the rule. */
export function beyondRule(rule: HotspotRule, ask: HotspotAsk): HotspotAsk {
  const kept = Object.entries(ask).filter(
    ([name, value]) => rule[name as keyof HotspotAsk] !== value,
  )
  return Object.fromEntries(kept)
}
