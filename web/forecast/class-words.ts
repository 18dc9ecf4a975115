import type { ReferenceClass } from 'api/forecast/contract'
import type { TFunction } from 'i18next'
import { yi } from '../ui/number.ts'

/** "产业发展、总投资 1–5 亿元": what the compared projects have in common. */
export function classWords(of: ReferenceClass, t: TFunction): string {
  if (of.category === null) return t('forecast:class.all')
  const category = t(`project:category.${of.category}`)
  const { fromWan, belowWan } = of
  const size = { from: short(fromWan), below: short(belowWan) }
  if (fromWan !== null && belowWan !== null)
    return t('forecast:class.between', { category, ...size })
  if (fromWan !== null) return t('forecast:class.from', { category, ...size })
  if (belowWan !== null) return t('forecast:class.below', { category, ...size })
  return t('forecast:class.category', { category })
}

/** 亿元 without zeros that say nothing. */
const short = (wan: number | null) => yi(wan).replace(/\.?0+$/, '')
