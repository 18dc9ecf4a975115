import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LightMark } from './light-mark.tsx'

interface LimitRowProps {
  /** Of the clause in its rule. */
  number: number
  what: string
  unit: string
  amber: number
  red: number
  onAmber: (value: number) => void
  onRed: (value: number) => void
}

/** One clause: from where on it is amber, and red. */
export function LimitRow({ number, what, unit, amber, red, onAmber, onRed }: LimitRowProps) {
  const { t } = useTranslation(['light', 'project'])
  return (
    <p className="rule-line">
      <span className="figure">{number}</span>
      <span>{what}</span>
      <span className="rule-limits">
        <LightMark light="amber" />
        <NumberInput label={t('light:term.amber', { what })} value={amber} onValue={onAmber} />
        <LightMark light="red" />
        <NumberInput label={t('light:term.red', { what })} value={red} onValue={onRed} />
      </span>
      <span>{unit}</span>
    </p>
  )
}

/** Takes a number once it is one; what is half typed stays the reader's. */
export function NumberInput(props: {
  label: string
  value: number
  max?: number
  onValue: (value: number) => void
}) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <input
      type="number"
      className="rule-number figure"
      aria-label={props.label}
      min={1}
      max={props.max ?? 3650}
      value={typed ?? props.value}
      onChange={({ target }) => {
        setTyped(target.value)
        if (target.value !== '' && target.validity.valid) props.onValue(Number(target.value))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
