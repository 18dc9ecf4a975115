import { useTranslation } from 'react-i18next'
import { lightOrder } from '../light/light.ts'
import { LightMark } from '../light/light-mark.tsx'
import { Figure } from '../shell/figure.tsx'
import { count } from '../ui/number.ts'
import type { Overview } from './overview.ts'

/** How many projects show each light; with its shapes and words it is the map's legend too. */
export function LightsPanel({ overview }: { overview: Overview }) {
  const { t } = useTranslation(['wall', 'project', 'light'])
  const { listed } = overview.totals
  return (
    <>
      <p className="wall-lights-title">
        <Figure name="project.listed" value={listed}>
          {t('wall:lights', { count: listed, all: count(listed) })}
        </Figure>
      </p>
      <ul className="wall-lights">
        <li className="wall-quiet" aria-hidden="true">
          <span />
          <span />
          <span>{t('light:form.revised')}</span>
          <span>{t('light:form.original')}</span>
        </li>
        {lightOrder.map((light) => (
          <li key={light}>
            <LightMark light={light} size="1em" />
            <span>{t(`project:light.${light}`)}</span>
            <strong>
              <Figure name="light.listed" of={[light, 'revised']} value={overview.lights[light]} />
            </strong>
            <span className="wall-quiet">
              <Figure
                name="light.listed"
                of={[light, 'original']}
                value={overview.originalLights[light]}
              />
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
