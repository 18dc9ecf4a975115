import { useQuery } from '@tanstack/react-query'
import type { Holder, HolderSpan, ProjectHolder } from 'api/holder/contract'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Figure } from '../shell/figure.tsx'
import { ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { holderOf } from './queries.ts'
import './holder-strip.css'

/** A narrower span has no room for its name: the list below tells it. */
const labelShare = 0.16

/** Who had the ball of a project how long, on one line of days, and what that adds up to. */
export function HolderStrip({ project, asOf }: { project: number; asOf: string | null }) {
  const { t } = useTranslation(['milestone'])
  const query = useQuery(holderOf(project, asOf))
  if (query.error) return <ScreenError error={query.error} reset={() => void query.refetch()} />
  if (!query.data) return <ScreenLoading />
  const { elapsedDays, totals, now, spans, from, to } = query.data
  if (elapsedDays === 0) return <p className="panel-none">{t('milestone:holder.none')}</p>
  return (
    <div className="holder">
      <p className="holder-now">
        <Figure {...nowFigure(query.data)}>{sentence(query.data, t)}</Figure>
      </p>
      <div className="holder-line" aria-hidden="true">
        {spans.map((span) => (
          <Span
            key={span.from}
            span={span}
            elapsed={elapsedDays}
            isNow={isSame(span.holder, now)}
          />
        ))}
      </div>
      <p className="holder-ends figure" aria-hidden="true">
        <span>{from}</span>
        <span>{to}</span>
      </p>
      <ul className="holder-totals">
        {totals.map(({ holder, days }) => (
          <li key={`${holder.kind} ${holder.name}`}>
            <span className={isSame(holder, now) ? 'holder-has' : undefined}>{holder.name}</span>
            <span className="holder-bar" aria-hidden="true">
              <i style={{ width: `${(days / elapsedDays) * 100}%` }} />
            </span>
            <Figure name="holder.days" of={[holder.kind, holder.name]} value={days}>
              {t('milestone:holder.days', { count: days })}
            </Figure>
          </li>
        ))}
        <li className="holder-sum">
          <span>{t('milestone:holder.sum')}</span>
          <span />
          <Figure name="holder.elapsed" value={elapsedDays}>
            {t('milestone:holder.days', { count: elapsedDays })}
          </Figure>
        </li>
      </ul>
      <details className="holder-spans">
        <summary data-unfolds>{t('milestone:holder.spans', { count: spans.length })}</summary>
        <ol>
          {[...spans].reverse().map((span) => (
            <li key={span.from} data-record="holder">
              <span className="figure">{span.from}</span> {span.holder.name}{' '}
              <span className="figure">{t('milestone:holder.days', { count: span.days })}</span>
              <span className="holder-why">
                {[t(`milestone:holder.by.${span.by}`), span.what].filter(Boolean).join('：')}
              </span>
            </li>
          ))}
        </ol>
      </details>
    </div>
  )
}

function Span({ span, elapsed, isNow }: { span: HolderSpan; elapsed: number; isNow: boolean }) {
  const share = span.days / elapsed
  return (
    <span
      className={`holder-span${isNow ? ' holder-span-now' : ''}`}
      data-record="holder"
      style={{ width: `${share * 100}%` }}
    >
      {share >= labelShare && (
        <>
          {span.holder.name} <b className="figure">{span.days}</b>
        </>
      )}
    </span>
  )
}

/** Of whoever has it now the last span, else all the days. */
function nowFigure({ now, spans, elapsedDays }: ProjectHolder) {
  const last = spans.at(-1)
  return now !== null && last
    ? ({ name: 'holder.now', value: last.days } as const)
    : ({ name: 'holder.elapsed', value: elapsedDays } as const)
}

function sentence(
  { now, spans, to, elapsedDays }: ProjectHolder,
  t: TFunction<['milestone']>,
): string {
  const last = spans.at(-1)
  if (now === null || !last) return t('milestone:holder.ended', { date: to, count: elapsedDays })
  const values = { name: now.name, count: isSame(last.holder, now) ? last.days : 0 }
  return t('milestone:holder.now', values)
}

const isSame = (one: Holder, other: Holder | null): boolean =>
  other !== null && one.kind === other.kind && one.name === other.name
