import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { cityQuery } from '../city/queries.ts'
import { useMay } from '../session/me.ts'
import PersonMenu from '../session/person-menu.tsx'
import { ClockStrip } from '../shell/clock-strip.tsx'
import { Empty, ScreenLoading } from '../shell/screen-state.tsx'
import { useTheme } from './theme.ts'
import './desk.css'
import './top-bar.css'
import './office.css'

const AccountPage = lazy(() => import('../account/account-page.tsx'))
const AuditPage = lazy(() => import('../audit/audit-page.tsx'))
const DevicePage = lazy(() => import('../device/device-page.tsx'))

/** /desk/account: who may sign in, and what each may see and do. */
export function AccountScreen() {
  return (
    <Office needed="account:read">
      <AccountPage />
    </Office>
  )
}

/** /desk/device: the walls. */
export function DeviceScreen() {
  return (
    <Office needed="device:write">
      <DevicePage />
    </Office>
  )
}

/** /desk/audit: what was done, and by whom. */
export function AuditScreen() {
  return (
    <Office needed="audit:read">
      <AuditPage />
    </Office>
  )
}

/** The administrators' side of the desk: what it keeps is not the city's facts but who sees them. */
function Office({ needed, children }: { needed: string; children: ReactNode }) {
  const { t } = useTranslation(['session', 'shell'])
  const may = useMay()
  const [theme] = useTheme()
  return (
    <div className="desk office" data-theme={theme}>
      <div className="desk-top">
        <OfficeBar />
        <ClockStrip />
      </div>
      <main className="office-main">
        <Suspense fallback={<ScreenLoading />}>
          {may(needed) ? (
            children
          ) : (
            <Empty title={t('session:forbidden.title')} hint={t('session:forbidden.hint')} />
          )}
        </Suspense>
      </main>
    </div>
  )
}

function OfficeBar() {
  const { t } = useTranslation(['session', 'shell'])
  const may = useMay()
  const city = useQuery(cityQuery).data
  return (
    <header className="top-bar">
      <h1 className="top-bar-title">
        {city && !t('shell:title').startsWith(city.name) && (
          <span className="top-bar-city">{city.name}</span>
        )}
        {t('shell:title')}
      </h1>
      <nav className="top-bar-nav" aria-label={t('session:menu.pages')}>
        {may('read') && (
          <Link to="/desk" activeOptions={{ exact: true }}>
            {t('shell:screen.desk')}
          </Link>
        )}
        {may('account:read') && <Link to="/desk/account">{t('session:menu.account')}</Link>}
        {may('device:write') && <Link to="/desk/device">{t('session:menu.device')}</Link>}
        {may('audit:read') && <Link to="/desk/audit">{t('session:menu.audit')}</Link>}
      </nav>
      <div className="top-bar-tools">
        <PersonMenu />
      </div>
    </header>
  )
}
