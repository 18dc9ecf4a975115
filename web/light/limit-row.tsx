import type { Behind, Overdue } from 'api/light/rule/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LightMark } from './light-mark.tsx'

interface RowProps {
  /** Of the clause in its rule. */
  number: number
  what: string
}

/** So long after a planned day: from where on it is amber, and red. */
export function OverdueRow(
  props: RowProps & { limit: Overdue; onLimit: (limit: Overdue) => void },
) {
  const { t } = useTranslation(['light'])
  const { limit, onLimit, ...row } = props
  return (
    <LimitRow
      {...row}
      unit={t(`light:unit.${limit.unit}`)}
      amber={limit.amber}
      red={limit.red}
      onAmber={(amber) => onLimit({ ...limit, amber })}
      onRed={(red) => onLimit({ ...limit, red })}
    />
  )
}

/** So many points behind. */
export function BehindRow(props: RowProps & { limit: Behind; onLimit: (limit: Behind) => void }) {
  const { t } = useTranslation(['shell'])
  const { limit, onLimit, ...row } = props
  return (
    <LimitRow
      {...row}
      unit={t('shell:unit.points')}
      isFine
      amber={limit.amberPoints}
      red={limit.redPoints}
      onAmber={(amberPoints) => onLimit({ ...limit, amberPoints })}
      onRed={(redPoints) => onLimit({ ...limit, redPoints })}
    />
  )
}

/** One number alone. */
export function NumberRow(
  props: RowProps & { unit: string; value: number; max: number; onValue: (value: number) => void },
) {
  const { number, what, unit, value, max, onValue } = props
  return (
    <p className="rule-line">
      <span className="figure">{number}</span>
      <span>{what}</span>
      <NumberInput label={what} value={value} max={max} onValue={onValue} />
      <span>{unit}</span>
    </p>
  )
}

interface LimitRowProps extends RowProps {
  unit: string
  /** Tenths are allowed. */
  isFine?: boolean
  amber: number
  red: number
  onAmber: (value: number) => void
  onRed: (value: number) => void
}

function LimitRow({ number, what, unit, isFine, amber, red, onAmber, onRed }: LimitRowProps) {
  const { t } = useTranslation(['light'])
  const range = isFine ? { min: 0.1, max: 100, step: 0.1 } : { max: 3650 }
  return (
    <p className="rule-line">
      <span className="figure">{number}</span>
      <span>{what}</span>
      <span className="rule-limits">
        <LightMark light="amber" />
        <NumberInput
          label={t('light:term.amber', { what })}
          value={amber}
          onValue={onAmber}
          {...range}
        />
        <LightMark light="red" />
        <NumberInput label={t('light:term.red', { what })} value={red} onValue={onRed} {...range} />
      </span>
      <span>{unit}</span>
      {amber > red && (
        <span className="rule-fault" role="alert">
          {t('light:term.order', { amber, red })}
        </span>
      )}
    </p>
  )
}

/** Takes a number once it is one; what is half typed stays the reader's. */
function NumberInput(props: {
  label: string
  value: number
  min?: number
  max: number
  step?: number
  onValue: (value: number) => void
}) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <input
      type="number"
      className="rule-number figure"
      aria-label={props.label}
      min={props.min ?? 1}
      max={props.max}
      step={props.step ?? 1}
      value={typed ?? props.value}
      onChange={({ target }) => {
        setTyped(target.value)
        if (target.value !== '' && target.validity.valid) props.onValue(Number(target.value))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
