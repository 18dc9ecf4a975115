import { useTranslation } from 'react-i18next'
import { lightToken } from '../light/light.ts'
import { LightMark } from '../light/light-mark.tsx'
import { Figure } from '../shell/figure.tsx'
import { count } from '../ui/number.ts'
import type { Overview, UnitLights } from './overview.ts'

/** The lights that a bar is made of, in its order from the left. */
const parts = ['red', 'amber', 'stale', 'green'] as const

/** Every reporting unit as one bar, the one with the largest late share on top. */
export function UnitPanel(props: { overview: Overview; name: (id: number) => string }) {
  const { t } = useTranslation(['wall'])
  return (
    <>
      <h2>{t('wall:unit.title')}</h2>
      {props.overview.units.length === 0 && <p className="wall-quiet">{t('wall:unit.empty')}</p>}
      <ol className="wall-units">
        {props.overview.units.map((unit) => (
          <UnitRow key={unit.unitId} unit={unit} name={props.name(unit.unitId)} />
        ))}
      </ol>
    </>
  )
}

function UnitRow({ unit, name }: { unit: UnitLights; name: string }) {
  const { t } = useTranslation(['wall', 'project'])
  const words = parts.map((light) => `${t(`project:light.${light}`)} ${count(unit.lights[light])}`)
  const told = t('wall:unit.told', { name, lights: words.join(t('wall:foot.join')) })
  return (
    <li>
      <span className="wall-unit-name">{name}</span>
      {unit.judged === 0 ? (
        <span className="wall-quiet wall-unit-none">{t('wall:unit.none')}</span>
      ) : (
        <>
          <span className="wall-bar" role="img" aria-label={told}>
            {parts.map((light) => (
              <i
                key={light}
                className={`wall-bar-${light}`}
                style={{
                  flexGrow: unit.lights[light],
                  backgroundColor: `var(${lightToken[light]})`,
                }}
              />
            ))}
          </span>
          <LateCount light="red" unit={unit} />
          <LateCount light="amber" unit={unit} />
        </>
      )}
    </li>
  )
}

function LateCount({ light, unit }: { light: 'red' | 'amber'; unit: UnitLights }) {
  const value = unit.lights[light]
  return (
    <Figure name="light.unit" of={[unit.unitId, light]} value={value} className="wall-late">
      <LightMark light={light} size="0.8em" />
      {count(value)}
    </Figure>
  )
}
