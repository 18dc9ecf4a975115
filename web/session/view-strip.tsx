import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readFailure } from '../shell/api.ts'
import { failureSentence } from '../shell/failure-sentence.ts'
import { viewAs } from './view-as.ts'

/** Says as whom an administrator looks at everything, and leads back. */
export default function ViewStrip({ name }: { name: string }) {
  const { t } = useTranslation(['session', 'shell'])
  const [error, setError] = useState<unknown>(null)
  return (
    <p className="clock-strip">
      {t('session:view.strip', { name })}
      <button
        type="button"
        className="clock-strip-button"
        onClick={() => void viewAs(null).catch(setError)}
      >
        {t('session:view.end')}
      </button>
      {error !== null && <span role="alert">{failureSentence(t, readFailure(error))}</span>}
    </p>
  )
}
