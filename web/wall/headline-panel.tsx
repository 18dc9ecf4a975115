import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { FigureName } from '../explain/registry.ts'
import { Figure } from '../shell/figure.tsx'
import { count, percent } from '../ui/number.ts'
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
        <Large
          name="project.listed"
          value={totals.listed}
          label={t('wall:figure.projects')}
          text={count(totals.listed)}
          unit={t('wall:figure.one')}
        />
        <Large
          name="project.total"
          value={totals.totalWan}
          label={t('wall:figure.total')}
          text={large(totals.totalWan, i18n.language)}
          unit={t('wall:figure.large')}
        />
        <Large
          name="project.annual"
          value={totals.annualWan}
          label={t('wall:figure.annual')}
          text={large(totals.annualWan, i18n.language)}
          unit={t('wall:figure.large')}
        />
        <Large
          name="project.done"
          value={totals.doneWan}
          label={t('wall:figure.done')}
          text={large(totals.doneWan, i18n.language)}
          unit={t('wall:figure.large')}
        />
        <Large
          name="project.rate"
          value={totals.doneShare}
          label={t('wall:figure.share')}
          text={percent(totals.doneShare)}
          unit=""
        />
      </dl>
      <dl className="wall-against">
        <Against name="project.lag" label={t('wall:figure.againstPlan')} value={totals.lagPoints} />
        <Against name="project.toTime" label={t('wall:figure.againstTime')} value={againstTime} />
      </dl>
      <p className="wall-basis">
        <Figure name="project.fresh" value={totals.fresh}>
          {t('shell:basis', { fresh: count(totals.fresh), due: count(totals.due) })}
        </Figure>
      </p>
    </>
  )
}

/** A figure as large as its place allows. */
export function Large(props: {
  name: FigureName
  of?: readonly string[]
  value: number | null
  label: string
  text: string
  unit: string
}) {
  const room = figureRoom - labelSize * emOf(props.label)
  return (
    <div className="wall-figure">
      <dt>{props.label}</dt>
      <dd>
        <strong style={sized(props.text, room, 6)}>
          <Figure name={props.name} of={props.of ?? []} value={props.value}>
            {props.text}
          </Figure>
        </strong>
        <span className="wall-unit">{props.unit}</span>
      </dd>
    </div>
  )
}

/** A difference in percentage points with sign and word. */
function Against(props: { name: FigureName; label: string; value: number | null }) {
  const { t } = useTranslation(['wall', 'shell'])
  const { name, label, value } = props
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <strong>
          <Figure name={name} value={value} form="points" />
        </strong>
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
