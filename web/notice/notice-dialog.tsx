import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/dialog.tsx'
import { NoticeItems } from './notice-list.tsx'
import { NoticePreferences } from './notice-preference.tsx'
import '../ui/form.css'
import './notice.css'

/** The reader's notices, and behind a second tab where they go beside the page. */
export default function NoticeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['notice', 'panel'])
  const [tab, setTab] = useState<'list' | 'preference'>('list')
  return (
    <Dialog title={t('notice:title')} closeWord={t('panel:close')} onClose={onClose}>
      <nav className="notice-tabs" aria-label={t('notice:title')}>
        {(['list', 'preference'] as const).map((one) => (
          <button
            key={one}
            type="button"
            className="button"
            aria-pressed={tab === one}
            onClick={() => setTab(one)}
          >
            {t(`notice:tab.${one}`)}
          </button>
        ))}
      </nav>
      {tab === 'list' ? <NoticeItems onFollow={onClose} /> : <NoticePreferences />}
    </Dialog>
  )
}
