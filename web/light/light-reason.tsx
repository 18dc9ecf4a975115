import type { LightCause, PartLight } from 'api/light/contract'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { wan } from '../ui/number.ts'

/** Why a light is what it is, with its figures, the rule and its clauses, in the reader's language. */
export function LightReason({ light, rule }: { light: PartLight; rule: string }) {
  const { t } = useTranslation(['light'])
  return <span data-record="light">{reasonText(t, { ...light, rule })}</span>
}

/** The sentence of LightReason; in Chinese the same as the server's own. */
export function reasonText(
  t: TFunction,
  light: Pick<PartLight, 'causes' | 'clauses'> & { rule: string },
): string {
  const causes = light.causes.map((cause) => causeText(t, cause)).join(t('light:cause.next'))
  const { rule } = light
  const clauses = light.clauses.join(t('light:cause.and'))
  const by = clauses === '' ? rule : t('light:cause.clause', { rule, clauses })
  return t('light:cause.rule', { causes, rule: by })
}

/** One cause alone, without the rule. */
export function causeText(t: TFunction, cause: LightCause): string {
  switch (cause.code) {
    case 'silent':
    case 'noMoney':
      return t(`light:cause.${cause.code}`, { ...cause, month: monthOf(cause) })
    case 'money':
    case 'straight':
    case 'provenMoney':
      return moneyText(t, cause)
    case 'percent':
      return t('light:cause.percent', {
        month: monthOf(cause),
        percent: cause.percent,
        expected: cause.expected.toFixed(1),
        lag: lagText(t, cause.lagPoints, t('light:cause.evenTime')),
      })
    case 'begun':
      return t('light:cause.begun', { ...cause, early: earlyText(t, cause.days) })
    case 'outOfStatistics':
      return t(`light:cause.${cause.told ? 'notYetIn' : 'untold'}`, { days: cause.days })
    case 'evidence':
      return t('light:cause.evidence', { proofs: proofs(t, cause).join(t('light:cause.and')) })
    default:
      return t(`light:cause.${cause.code}`, { ...cause })
  }
}

type Money = Extract<LightCause, { code: 'money' | 'straight' | 'provenMoney' }>

function moneyText(t: TFunction, cause: Money): string {
  const even = cause.code === 'straight' ? t('light:cause.evenStraight') : t('light:cause.even')
  return t(`light:cause.${cause.code}`, {
    month: monthOf(cause),
    annual: wan(cause.annualWan ?? 0),
    planned: wan(cause.plannedWan ?? 0),
    done: wan(cause.doneWan ?? 0),
    lag: lagText(t, cause.lagPoints, even),
  })
}

function lagText(t: TFunction, points: number, even: string): string {
  if (points === 0) return even
  const word = points < 0 ? 'behind' : 'ahead'
  return t(`light:cause.${word}`, { points: Math.abs(points).toFixed(1) })
}

function earlyText(t: TFunction, days: number | null): string {
  if (days === null) return ''
  if (days === 0) return t('light:cause.onDay')
  return t(`light:cause.${days > 0 ? 'later' : 'earlier'}`, { days: Math.abs(days) })
}

function proofs(t: TFunction, cause: Extract<LightCause, { code: 'evidence' }>): string[] {
  const { photoOn, proofOn, paidMonth, verifiedMonth } = cause
  return [
    photoOn && t('light:cause.photo', { on: photoOn }),
    proofOn && t('light:cause.proof', { on: proofOn }),
    paidMonth && t('light:cause.paid', { month: monthOf({ month: paidMonth }) }),
    verifiedMonth && t('light:cause.verified', { month: monthOf({ month: verifiedMonth }) }),
  ].filter((one): one is string => Boolean(one))
}

const monthOf = ({ month }: { month: string }) => Number(month.slice(5, 7))
