import type { HotspotPlace } from 'api/hotspot/contract'
import type { TFunction } from 'i18next'

/** “p<0.001”, “p=0.013”: three decimals, never 0. */
export const pText = (p: number): string => (p < 0.001 ? 'p<0.001' : `p=${p.toFixed(3)}`)

const holdersShown = 3

/** “荷塘区（9）、自然资源局（4）”: those who have the ball of most of the late projects. */
export function holderWords({ holders }: Pick<HotspotPlace, 'holders'>, t: TFunction): string {
  const words = holders
    .slice(0, holdersShown)
    .map(({ name, projects }) => t('hotspot:holder', { name, count: projects }))
  return words.join(t('hotspot:join'))
}
