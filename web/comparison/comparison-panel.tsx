import { useQuery } from '@tanstack/react-query'
import type { Comparison, ComparisonKind, ComparisonRow } from 'api/comparison/contract'
import type { LightState } from 'api/light/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LightMark } from '../light/light-mark.tsx'
import { Figure } from '../shell/figure.tsx'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { dayAfter } from '../ui/date.ts'
import { comparisonOf, lookQuery } from './queries.ts'
import { SumLine } from './sum-line.tsx'
import { distanceText, momentText, valueText } from './value-text.ts'
import '../ui/entries.css'
import './comparison.css'

export interface ComparisonPanelProps {
  /** A day or an instant. */
  from: string
  /** The shown day, null: now. */
  to: string | null
  today: string
  /** The first day that anything is known of. */
  since: string
  onFrom: (from: string) => void
  onProject: (id: number) => void
  onIssue: (id: number) => void
}

/** Two days beside each other: what changed between them, by kind, each with before and after. */
export default function ComparisonPanel(props: ComparisonPanelProps) {
  const { t } = useTranslation(['comparison', 'project'])
  const [kind, setKind] = useState<ComparisonKind | null>(null)
  const isBefore = props.from < (props.to ?? dayAfter(props.today, 1))
  const query = useQuery({ ...comparisonOf(props.from, props.to), enabled: isBefore })
  return (
    <div className="comparison">
      <Ends {...props} />
      {!isBefore ? (
        <Empty title={t('comparison:order')} hint={t('comparison:orderHint')} />
      ) : query.data ? (
        <div aria-busy={query.isPlaceholderData} className="comparison-found">
          <p className="comparison-sum">
            <SumLine comparison={query.data} from={props.from} to={props.to} />
          </p>
          <Kinds {...props} comparison={query.data} kind={kind} onKind={setKind} />
          <Groups {...props} comparison={query.data} kind={kind} />
        </div>
      ) : query.error ? (
        <ScreenError error={query.error} reset={() => void query.refetch()} />
      ) : (
        <ScreenLoading />
      )}
    </div>
  )
}

/** From which day, to which; the usual ones at a press. */
function Ends({ from, to, today, since, onFrom }: ComparisonPanelProps) {
  const { t } = useTranslation(['comparison'])
  const shown = to ?? today
  const look = useQuery({ ...lookQuery, enabled: false }).data?.since ?? null
  const usual = [
    { name: t('comparison:ago.day'), day: dayAfter(shown, -1) },
    { name: t('comparison:ago.week'), day: dayAfter(shown, -7) },
    { name: t('comparison:ago.month'), day: dayAfter(`${shown.slice(0, 8)}01`, -1) },
    ...(look && to === null ? [{ name: t('comparison:ago.look'), day: look }] : []),
  ].filter(({ day }) => day >= since)
  return (
    <div className="comparison-ends">
      <label>
        {t('comparison:from')}
        <input
          type="date"
          value={from.slice(0, 10)}
          min={since}
          max={dayAfter(shown, -1)}
          onChange={({ target }) => target.value && onFrom(target.value)}
        />
      </label>
      <span className="figure">→ {to ?? t('comparison:now', { date: today })}</span>
      <span className="comparison-usual">
        {usual.map(({ name, day }) => (
          <button
            key={name}
            type="button"
            className="button button-small button-quiet"
            aria-pressed={day === from}
            title={momentText(day)}
            onClick={() => onFrom(day)}
          >
            {name}
          </button>
        ))}
      </span>
    </div>
  )
}

function Kinds(
  props: Pick<ComparisonPanelProps, 'from' | 'to'> & {
    comparison: Comparison
    kind: ComparisonKind | null
    onKind: (kind: ComparisonKind | null) => void
  },
) {
  const { t } = useTranslation(['comparison'])
  const { kind, onKind } = props
  return (
    <div className="comparison-kinds">
      {props.comparison.totals
        .filter(({ rows }) => rows > 0)
        .map((total) => (
          <span key={total.kind} className="comparison-kind">
            <button
              type="button"
              className="button button-small"
              aria-pressed={total.kind === kind}
              title={t('comparison:projects', { count: total.projects })}
              onClick={() => onKind(total.kind === kind ? null : total.kind)}
            >
              {t(`comparison:kind.${total.kind}`)}
            </button>
            <Figure
              name="comparison.rows"
              of={[props.from, props.to ?? 'now', total.kind]}
              value={total.rows}
            />
          </span>
        ))}
    </div>
  )
}

/** So many rows of a kind are shown beside the others; chosen alone it shows all that were sent. */
const fewRows = 8

function Groups(
  props: ComparisonPanelProps & { comparison: Comparison; kind: ComparisonKind | null },
) {
  const { t } = useTranslation(['comparison'])
  const { comparison, kind } = props
  return kinds
    .filter((one) => kind === null || one === kind)
    .map((one) => {
      const rows = comparison.rows.filter((row) => row.kind === one)
      const total = comparison.totals.find((sum) => sum.kind === one)?.rows ?? 0
      const shown = kind === null ? rows.slice(0, fewRows) : rows
      if (rows.length === 0) return null
      return (
        <section key={one} className="comparison-group">
          <h3>{t(`comparison:kind.${one}`)}</h3>
          <ul className="entries">
            {shown.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity beyond their place
              <li key={index}>
                <Line {...props} row={row} />
              </li>
            ))}
          </ul>
          {total > shown.length && (
            <p className="comparison-quiet">
              {kind === null ? t('comparison:more') : t('comparison:most')}
            </p>
          )}
        </section>
      )
    })
}

/** Whose stored row a line shows. */
const recordOf = {
  light: 'light',
  stage: 'project',
  list: 'project',
  milestone: 'milestone',
  money: 'investment',
  report: 'report',
  issue: 'issue',
} satisfies Record<ComparisonKind, string>
/** In the order that they are told in. */
const kinds = Object.keys(recordOf) as ComparisonKind[]

function Line({
  row,
  onProject,
  onIssue,
}: Pick<ComparisonPanelProps, 'onProject' | 'onIssue'> & { row: ComparisonRow }) {
  const { t } = useTranslation(['comparison', 'project'])
  const { project, issueId, kind } = row
  const open = () => {
    if (issueId !== null) onIssue(issueId)
    else if (project) onProject(project.id)
  }
  const name = kind === 'issue' ? row.subject : project?.name
  const beside = kind === 'issue' ? project?.name : row.subject
  return (
    <button type="button" className="entry" data-record={recordOf[kind]} onClick={open}>
      <span className="entry-head">
        <span className="entry-title">{name}</span>
        <span className="comparison-distance figure">{distanceText(t, row)}</span>
      </span>
      <span className="entry-note figure">
        {beside && <span>{beside}</span>}
        <span>{t(`comparison:field.${row.field}`)}</span>
        <span className="comparison-values">
          <Value row={row} side="before" /> → <Value row={row} side="after" />
        </span>
      </span>
    </button>
  )
}

function Value({ row, side }: { row: ComparisonRow; side: 'before' | 'after' }) {
  const { t } = useTranslation(['comparison', 'project'])
  return (
    <span className={side === 'after' ? 'comparison-after' : ''}>
      {row.kind === 'light' && row[side] !== null && (
        <LightMark light={row[side] as LightState} size={12} />
      )}
      {valueText(t, row, side)}
    </span>
  )
}
