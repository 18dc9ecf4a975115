import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormField } from '../ui/form-field.tsx'
import './password.css'

interface PasswordFieldProps {
  name: string
  label: string
  autoComplete: 'current-password' | 'new-password'
  hint?: string
  error: string | undefined
  value: string
  onText: (text: string) => void
}

/** A password: shown when asked for, with a word when the keyboard writes capitals. */
export function PasswordField(props: PasswordFieldProps) {
  const { t } = useTranslation(['session'])
  const [isShown, setShown] = useState(false)
  const [isCaps, setCaps] = useState(false)
  const look = (event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'))
  return (
    <FormField
      label={props.label}
      error={props.error}
      {...(props.hint === undefined ? {} : { hint: props.hint })}
    >
      {(ids) => (
        <span className="password">
          <input
            {...ids}
            className="form-input"
            type={isShown ? 'text' : 'password'}
            name={props.name}
            autoComplete={props.autoComplete}
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={1000}
            value={props.value}
            onChange={(event) => props.onText(event.target.value)}
            onKeyDown={look}
            onKeyUp={look}
            onBlur={() => setCaps(false)}
          />
          <button
            type="button"
            className="password-show"
            aria-pressed={isShown}
            aria-label={t('session:password.show')}
            title={t('session:password.show')}
            onClick={() => setShown(!isShown)}
          >
            <EyeMark isOpen={isShown} />
          </button>
          <span className="password-caps" role="status">
            {isCaps && t('session:password.caps')}
          </span>
        </span>
      )}
    </FormField>
  )
}

function EyeMark({ isOpen }: { isOpen: boolean }) {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <g fill="none" stroke="currentcolor" strokeWidth="1.5" strokeLinecap="round">
        <path d="M1.5 10S4.5 4.5 10 4.5 18.5 10 18.5 10 15.5 15.5 10 15.5 1.5 10 1.5 10Z" />
        <circle cx="10" cy="10" r="2.5" />
        {!isOpen && <path d="M3.5 16.5l13-13" />}
      </g>
    </svg>
  )
}
