import { Navigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Empty } from '../shell/screen-state.tsx'
import { useMay } from './me.ts'
import PersonMenu from './person-menu.tsx'
import './without-read.css'

/** For whoever may see no projects: administrators are led to what is theirs, others are told whom to ask. */
export default function WithoutRead() {
  const { t } = useTranslation(['session'])
  const may = useMay()
  if (may('account:read')) return <Navigate to="/desk/account" replace />
  return (
    <main className="without-read" data-theme="day">
      <PersonMenu />
      <Empty title={t('session:without.title')} hint={t('session:without.hint')} />
    </main>
  )
}
