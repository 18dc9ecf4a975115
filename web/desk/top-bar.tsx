import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Theme } from '../map/palette.ts'
import { useMay } from '../session/me.ts'
import { setLanguage } from '../shell/i18n.ts'
import './top-bar.css'

const PersonMenu = lazy(() => import('../session/person-menu.tsx'))

interface TopBarProps {
  cityName: string | undefined
  asOf: string | null
  theme: Theme
  search: ReactNode
  bell: ReactNode
  loops: ReactNode
  onTheme: (theme: Theme) => void
  onImport: () => void
  onTable: () => void
  onQueue: () => void
}

/** Title, ways to the other screens, search, the day shown, import, language and theme. */
export function TopBar(props: TopBarProps) {
  const { t, i18n } = useTranslation(['desk', 'shell', 'panel', 'report'])
  const may = useMay()
  const night = props.theme === 'night'
  const isPast = props.asOf !== null
  return (
    <header className="top-bar">
      <h1 className="top-bar-title">
        {props.cityName && !t('shell:title').startsWith(props.cityName) && (
          <span className="top-bar-city">{props.cityName}</span>
        )}
        {t('shell:title')}
      </h1>
      <nav className="top-bar-nav" aria-label={t('desk:nav')}>
        <span aria-current="page">{t('shell:screen.desk')}</span>
        <Link to="/wall">{t('shell:screen.wall')}</Link>
        <Link to="/field">{t('shell:screen.field')}</Link>
      </nav>
      <nav className="top-bar-loops" aria-label={t('desk:loops')}>
        {props.loops}
      </nav>
      {props.search}
      <div className="top-bar-tools">
        <button type="button" className="button" onClick={props.onTable}>
          {t('panel:table.open')}
        </button>
        {may('report:review') && (
          <button
            type="button"
            className="button"
            disabled={isPast}
            title={isPast ? t('panel:pastDay') : undefined}
            onClick={props.onQueue}
          >
            {t('report:queue.action')}
          </button>
        )}
        {may('import') && (
          <button
            type="button"
            className="button"
            disabled={isPast}
            title={isPast ? t('panel:pastDay') : undefined}
            onClick={props.onImport}
          >
            {t('desk:import')}
          </button>
        )}
        <button
          type="button"
          className="button button-quiet"
          lang={i18n.language === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => void setLanguage(i18n.language === 'zh' ? 'en' : 'zh')}
        >
          {t('desk:language')}
        </button>
        <button
          type="button"
          className="button button-quiet button-icon"
          aria-pressed={night}
          aria-label={t('desk:theme.night')}
          title={t('desk:theme.night')}
          onClick={() => props.onTheme(night ? 'day' : 'night')}
        >
          <ThemeMark night={night} />
        </button>
        {props.bell}
        <Suspense fallback={<span className="person-wait" />}>
          <PersonMenu />
        </Suspense>
      </div>
    </header>
  )
}

function ThemeMark({ night }: { night: boolean }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      {night ? (
        <g fill="none" stroke="currentcolor" strokeWidth="1.4" strokeLinecap="round">
          <circle cx="8" cy="8" r="3" />
          <path d="M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1" />
        </g>
      ) : (
        <path
          d="M13.5 9.5A6 6 0 0 1 6.5 2.5 6 6 0 1 0 13.5 9.5Z"
          fill="none"
          stroke="currentcolor"
          strokeWidth="1.4"
          strokeLinejoin="round"
        />
      )}
    </svg>
  )
}
