import type { Light, LightCause } from 'api/light/contract'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { wan } from '../ui/number.ts'

/** Why a light is what it is, with its figures and the rule, in the reader's language. */
export function LightReason({ light }: { light: Light }) {
  const { t } = useTranslation(['project'])
  return <>{reasonText(t, light)}</>
}

/** The sentence of LightReason; in Chinese the same as the server's own. */
export function reasonText(t: TFunction, { causes, rule }: Pick<Light, 'causes' | 'rule'>): string {
  const all = causes.map((cause) => causeText(t, cause)).join(t('project:cause.next'))
  return t('project:cause.rule', { causes: all, rule })
}

function causeText(t: TFunction, cause: LightCause): string {
  switch (cause.code) {
    case 'silent':
    case 'noMoney':
      return t(`project:cause.${cause.code}`, { ...cause, month: monthOf(cause) })
    case 'money':
      return t('project:cause.money', {
        month: monthOf(cause),
        annual: wan(cause.annualWan ?? 0),
        planned: wan(cause.plannedWan ?? 0),
        done: wan(cause.doneWan ?? 0),
        lag: lagText(t, cause.lagPoints),
      })
    default:
      return t(`project:cause.${cause.code}`, { ...cause })
  }
}

function lagText(t: TFunction, points: number): string {
  if (points === 0) return t('project:cause.even')
  const word = points < 0 ? 'behind' : 'ahead'
  return t(`project:cause.${word}`, { points: Math.abs(points).toFixed(1) })
}

const monthOf = ({ month }: { month: string }) => Number(month.slice(5, 7))
