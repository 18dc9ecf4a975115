import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { readFailure } from './api.ts'
import { failureSentence } from './failure-sentence.ts'
import './screen-state.css'

/** The designed states that every screen and panel can be in besides showing data. */
export function ScreenLoading() {
  const { t } = useTranslation()
  return (
    <div className="screen-state" role="status" aria-busy="true">
      <div className="screen-state-bar" />
      <span className="visually-hidden">{t('shell:state.loading')}</span>
    </div>
  )
}

export function ScreenError({ error, reset }: { error: unknown; reset?: () => void }) {
  const { t } = useTranslation()
  const failure = readFailure(error)
  return (
    <div className="screen-state" role="alert">
      <strong>{t('shell:state.failed')}</strong>
      <p>{failureSentence(t, failure)}</p>
      <p className="screen-state-code">{failure.code}</p>
      {reset && (
        <button type="button" className="button" onClick={reset}>
          {t('shell:state.retry')}
        </button>
      )}
    </div>
  )
}

export function Empty({ title, hint }: { title: string; hint?: string }) {
  return (
    <div className="screen-state screen-state-empty">
      <strong>{title}</strong>
      {hint && <p>{hint}</p>}
    </div>
  )
}

export function NotFound() {
  const { t } = useTranslation()
  return (
    <div className="screen-state">
      <strong>{t('shell:state.notFound')}</strong>
      <Link to="/desk" className="button">
        {t('shell:state.toDesk')}
      </Link>
    </div>
  )
}
