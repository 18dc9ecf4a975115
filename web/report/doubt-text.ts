import type { Doubt } from 'api/report/contract'
import type { TFunction } from 'i18next'
import { fixedWan } from '../ui/number.ts'

/** A doubt in the page's language, with its figures. */
export function doubtText(t: TFunction, { code, told, beside }: Doubt): string {
  const isPercent = code === 'percentFell'
  return t(`report:doubt.${code}`, {
    told: isPercent ? told : fixedWan(told),
    beside: isPercent ? beside : fixedWan(beside),
  })
}
