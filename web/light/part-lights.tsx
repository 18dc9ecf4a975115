import type { Light, LightPart, Lights, PartLight } from 'api/light/contract'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LightMark } from './light-mark.tsx'
import { LightReason } from './light-reason.tsx'
import './part-lights.css'

const parts: readonly LightPart[] = ['start', 'progress', 'payment', 'statistics']

/**
 * The four lights of a project with their reasons, what they were against the original plan where that
 * is another light, and what the evidence alone would show.
 */
export function PartLights({ light, lights }: { light: Light; lights: Lights }) {
  const { t } = useTranslation(['light', 'project'])
  const { original, revised, evidence, disagrees } = lights
  const isRevised = revised.dates || revised.money
  const plans = revised.dates ? (revised.money ? 'both' : 'dates') : 'money'
  return (
    <>
      <dl className="part-lights">
        {parts.map((part) => (
          <Line
            key={part}
            name={t(`light:part.${part}`)}
            light={lights.parts[part]}
            rule={light.rule}
          >
            {original.parts[part].state !== lights.parts[part].state && (
              <Original light={original.parts[part]} rule={light.rule} />
            )}
          </Line>
        ))}
        {original.state !== light.state && (
          <Line name={t('light:original.overall')} light={original} rule={light.rule} />
        )}
        <Line
          name={t('light:evidence.light')}
          word={t(`light:proved.${evidence.state}`)}
          light={evidence}
          rule={light.rule}
        >
          {disagrees && <p className="part-lights-doubt">{t('light:evidence.disagrees')}</p>}
        </Line>
      </dl>
      <p className="part-lights-plan">
        {isRevised ? t(`light:plan.${plans}`) : t('light:plan.one')}
      </p>
    </>
  )
}

function Line(props: {
  name: string
  /** What the light means here; else as everywhere. */
  word?: string
  light: PartLight
  rule: string
  children?: ReactNode
}) {
  const { t } = useTranslation(['project'])
  const { light } = props
  return (
    <div className="part-lights-line" data-state={light.state}>
      <dt>
        <LightMark light={light.state} size={16} />
        {props.name}
      </dt>
      <dd>
        <span className="visually-hidden">{props.word ?? t(`project:light.${light.state}`)}</span>
        <LightReason light={light} rule={props.rule} />
        {props.children}
      </dd>
    </div>
  )
}

/** The same light against what was promised first. */
function Original({ light, rule }: { light: PartLight; rule: string }) {
  const { t } = useTranslation(['light', 'project'])
  return (
    <p className="part-lights-original">
      {t('light:original.light', { light: t(`project:light.${light.state}`) })}
      <LightReason light={light} rule={rule} />
    </p>
  )
}
