interface ChoiceProps {
  label: string
  value: string
  /** The word for no choice. */
  none: string
  options: readonly (readonly [value: string, word: string])[]
  onChoose: (value: string) => void
}

/** A choice without a visible label, for rows of filters. */
export function Choice({ label, value, none, options, onChoose }: ChoiceProps) {
  return (
    <select
      className="form-input"
      aria-label={label}
      value={value}
      onChange={(event) => onChoose(event.target.value)}
    >
      <option value="">{none}</option>
      {options.map(([one, word]) => (
        <option key={one} value={one}>
          {word}
        </option>
      ))}
    </select>
  )
}
