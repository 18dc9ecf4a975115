import { useNavigate } from '@tanstack/react-router'
import type { LightForm } from 'api/light/contract'
import { useTranslation } from 'react-i18next'
import { lightOrder } from '../light/light.ts'
import { LightMark } from '../light/light-mark.tsx'
import { Figure } from '../shell/figure.tsx'
import { count } from '../ui/number.ts'
import type { Overview } from './overview.ts'

const forms: readonly LightForm[] = ['revised', 'original']

/**
 * How many projects show each light, against both plans; the map, the bars and the first line follow
 * one of them. With its shapes and words it is the map's legend too.
 */
export function LightsPanel({ overview }: { overview: Overview }) {
  const { t } = useTranslation(['wall', 'project', 'light'])
  const { listed } = overview.totals
  const navigate = useNavigate()
  const show = (form: LightForm) =>
    void navigate({ to: '.', search: ((now: object) => ({ ...now, form })) as never })
  return (
    <>
      <p className="wall-lights-title">
        <Figure name="project.listed" value={listed}>
          {t('wall:lights', { count: listed, all: count(listed) })}
        </Figure>
      </p>
      <ul className="wall-lights">
        <li className="wall-quiet">
          <span />
          <span />
          {forms.map((form) => (
            <button
              key={form}
              type="button"
              className="wall-form"
              aria-pressed={overview.form === form}
              onClick={() => show(form)}
            >
              {t(`light:form.${form}`)}
            </button>
          ))}
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
