import type { HotspotRule } from 'api/hotspot/contract'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { band, bases, beyondRule, type HotspotAsk, isOwn, measures, ruleOf } from './ask.ts'

/** The reader's own measure, weights, ground and radius; back to the city's rule by one press. */
export function HotspotControls(props: {
  /** The city's own. */
  rule: HotspotRule
  ask: HotspotAsk
  onAsk: (ask: HotspotAsk) => void
}) {
  const { t } = useTranslation(['hotspot'])
  const id = useId()
  const { ask, onAsk } = props
  const rule = ruleOf(props.rule, ask)
  const change = (patch: HotspotAsk) => onAsk(beyondRule(props.rule, { ...ask, ...patch }))
  return (
    <details className="hotspot-controls" open={isOwn(ask)}>
      <summary>{t('hotspot:own.title')}</summary>
      <div className="hotspot-controls-fields">
        <label htmlFor={`${id}-measure`}>{t('hotspot:own.measure')}</label>
        <select
          id={`${id}-measure`}
          className="form-input"
          value={rule.measure}
          onChange={(event) => {
            const measure = measures.find((one) => one === event.target.value)
            if (measure) change({ measure })
          }}
        >
          {measures.map((one) => (
            <option key={one} value={one}>
              {t(`hotspot:measure.${one}`)}
            </option>
          ))}
        </select>
        <label htmlFor={`${id}-basis`}>{t('hotspot:own.basis')}</label>
        <select
          id={`${id}-basis`}
          className="form-input"
          value={rule.basis}
          onChange={(event) => {
            const basis = bases.find((one) => one === event.target.value)
            if (basis) change({ basis })
          }}
        >
          {bases.map((one) => (
            <option key={one} value={one}>
              {t(`hotspot:basis.${one}`)}
            </option>
          ))}
        </select>
        {rule.basis === 'project' && (
          <>
            <label htmlFor={`${id}-band`}>{t('hotspot:own.band')}</label>
            <span className="hotspot-band">
              <input
                id={`${id}-band`}
                type="range"
                min={band.least}
                max={band.most}
                value={rule.bandKm}
                onChange={(event) => change({ bandKm: Number(event.target.value) })}
              />
              <output className="figure" htmlFor={`${id}-band`}>
                {t('hotspot:own.km', { km: rule.bandKm })}
              </output>
            </span>
          </>
        )}
        <label className="hotspot-weighted">
          <input
            type="checkbox"
            checked={rule.weighted}
            onChange={(event) => change({ weighted: event.target.checked })}
          />
          {t('hotspot:own.weighted')}
        </label>
      </div>
      {isOwn(ask) && (
        <button type="button" className="button button-small" onClick={() => onAsk({})}>
          {t('hotspot:own.back')}
        </button>
      )}
    </details>
  )
}
