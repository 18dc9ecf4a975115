import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { setLanguage } from '../shell/i18n.ts'
import './entry.css'

interface EntryCardProps {
  city: string
  title: string
  children: ReactNode
}

/** The page before the pages: whose map it is, one thing to do, and the language. */
export function EntryCard({ city, title, children }: EntryCardProps) {
  const { t, i18n } = useTranslation(['session', 'shell'])
  const id = useId()
  const isChinese = i18n.language === 'zh'
  return (
    <main className="entry" data-theme="day">
      <div className="entry-box">
        <header className="entry-head">
          <p className="entry-product">
            {city && <span className="entry-city">{city}</span>}
            {t('shell:title')}
          </p>
          <button
            type="button"
            className="link-button"
            lang={isChinese ? 'en' : 'zh-CN'}
            onClick={() => void setLanguage(isChinese ? 'en' : 'zh')}
          >
            {t('session:language')}
          </button>
        </header>
        <section className="entry-card" aria-labelledby={id}>
          <h1 id={id}>{title}</h1>
          {children}
        </section>
      </div>
    </main>
  )
}
