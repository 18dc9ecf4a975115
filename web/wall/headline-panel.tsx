import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { count, percent, points } from '../ui/number.ts'
import { large } from './amount.ts'
import { emOf, sized } from './fit.ts'
import type { Overview } from './overview.ts'

/** Room in u of a figure and its label side by side, and the size of a label (wall.css). */
const figureRoom = 37.8
const labelSize = 2.7

/** The year in five figures, each with its unit in quiet text. */
export function HeadlinePanel({ overview }: { overview: Overview }) {
  const { t, i18n } = useTranslation(['wall', 'shell'])
  const { totals, againstTime } = overview
  return (
    <>
      <dl className="wall-figures">
        <Figure
          label={t('wall:figure.projects')}
          value={count(totals.listed)}
          unit={t('wall:figure.one')}
        />
        <Figure
          label={t('wall:figure.total')}
          value={large(totals.totalWan, i18n.language)}
          unit={t('wall:figure.large')}
        />
        <Figure
          label={t('wall:figure.annual')}
          value={large(totals.annualWan, i18n.language)}
          unit={t('wall:figure.large')}
        />
        <Figure
          label={t('wall:figure.done')}
          value={large(totals.doneWan, i18n.language)}
          unit={t('wall:figure.large')}
        />
        <Figure label={t('wall:figure.share')} value={percent(totals.doneShare)} unit="" />
      </dl>
      <dl className="wall-against">
        <Against label={t('wall:figure.againstPlan')} value={totals.lagPoints} />
        <Against label={t('wall:figure.againstTime')} value={againstTime} />
      </dl>
      <p className="wall-basis">
        {t('shell:basis', { fresh: count(totals.fresh), due: count(totals.due) })}
      </p>
    </>
  )
}

function Figure(props: { label: string; value: string; unit: string }) {
  const room = figureRoom - labelSize * emOf(props.label)
  return (
    <div className="wall-figure">
      <dt>{props.label}</dt>
      <dd>
        <strong className="figure" style={sized(props.value, room, 6)}>
          {props.value}
        </strong>
        <span className="wall-unit">{props.unit}</span>
      </dd>
    </div>
  )
}

/** A difference in percentage points with sign and word. */
function Against({ label, value }: { label: string; value: number | null }) {
  const { t } = useTranslation(['wall', 'shell'])
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <strong className="figure">{points(value)}</strong>
        <span className="wall-unit">{t('shell:unit.points')}</span>
        <span className="wall-word">{directionWord(value, t)}</span>
      </dd>
    </div>
  )
}

function directionWord(value: number | null, t: TFunction): string {
  if (value === null) return ''
  const tenths = Math.round(value * 10)
  if (tenths < 0) return t('wall:figure.behind')
  return tenths > 0 ? t('wall:figure.ahead') : t('wall:figure.level')
}
