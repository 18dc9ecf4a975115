import type { Doubt } from 'api/report/contract'
import type { TFunction } from 'i18next'
import { wan } from '../ui/number.ts'

/** A doubt in the page's language, with its figures. */
export function doubtText(t: TFunction, { code, told, beside }: Doubt): string {
  const isPercent = code === 'percentFell'
  return t(`report:doubt.${code}`, {
    told: isPercent ? told : wan(told),
    beside: isPercent ? beside : wan(beside),
  })
}
