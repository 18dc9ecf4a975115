import type { Milestone } from 'api/milestone/contract'
import { useTranslation } from 'react-i18next'
import { dateAs } from '../ui/date.ts'
import { type Lateness, latenessOf } from './lateness.ts'

/** The four dates of a step, each under its name, and how late it is against both plans. */
export function StepDates({ milestone, date }: { milestone: Milestone; date: string }) {
  const { t, i18n } = useTranslation(['milestone'])
  const day = (text: string | null, precision: string | null) =>
    text === null ? '—' : dateAs(text, precision, i18n.language)
  const { originalDate, revisedDate, forecastDate, actualDate } = milestone
  const against = (planned: string | null) => latenessOf(milestone, planned, date)
  const [original, revised] = [against(originalDate), against(revisedDate)]
  return (
    <>
      <dl className="step-dates">
        <Cell label={t('milestone:date.original')} isPast={revisedDate !== null}>
          {day(originalDate, milestone.originalPrecision)}
        </Cell>
        <Cell label={t('milestone:date.revised')}>
          {day(revisedDate, milestone.revisedPrecision)}
        </Cell>
        <Cell label={t('milestone:date.forecast')}>
          {actualDate === null ? day(forecastDate, 'day') : '—'}
        </Cell>
        <Cell label={t('milestone:date.actual')}>{day(actualDate, milestone.actualPrecision)}</Cell>
      </dl>
      {(original || revised) && (
        <p className="step-late">
          {original && <Late plan="original" late={original} />}
          {revised && <Late plan="revised" late={revised} />}
        </p>
      )}
    </>
  )
}

interface CellProps {
  label: string
  isPast?: boolean
  children: string
}

function Cell({ label, isPast, children }: CellProps) {
  return (
    <div className={isPast ? 'step-date step-date-past' : 'step-date'}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** In words and with its sign: colour alone says nothing. */
function Late({ plan, late }: { plan: 'original' | 'revised'; late: Lateness }) {
  const { t } = useTranslation(['milestone'])
  const { state, days } = late
  const way = days > 0 ? 'late' : days < 0 ? 'early' : 'even'
  const isBad = days > 0 && state !== 'expected'
  return (
    <span className={isBad ? 'step-late-bad' : days > 0 ? 'step-late-warn' : undefined}>
      {t(`milestone:against.${plan}`)}{' '}
      {way === 'even'
        ? t(`milestone:late.even.${state === 'expected' ? 'expected' : 'done'}`)
        : t(`milestone:late.${way}.${state === 'overdue' ? 'overdue' : state}`, {
            count: Math.abs(days),
          })}
      {way !== 'even' && <b className="figure"> {days > 0 ? `+${days}` : `−${-days}`}</b>}
    </span>
  )
}
