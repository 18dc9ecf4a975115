import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
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

/** What failed, in words for people; `reset` tries again. */
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

/** Nothing to show, and why; `children` lead on. */
export function Empty(props: { title: string; hint?: string; children?: ReactNode }) {
  return (
    <div className="screen-state screen-state-empty" role="status">
      <strong>{props.title}</strong>
      {props.hint && <p>{props.hint}</p>}
      {props.children}
    </div>
  )
}

/** An address that leads nowhere. */
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
