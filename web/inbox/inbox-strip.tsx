import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { count } from '../ui/number.ts'
import { inboxQuery } from './queries.ts'
import './inbox.css'

const key = 'inbox-later'

/** Offered first on opening the desk: what waits, until it is opened or put off for this visit. */
export function InboxStrip({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation(['inbox'])
  const [later, setLater] = useState(() => sessionStorage.getItem(key) !== null)
  const inbox = useQuery(inboxQuery).data
  if (later || !inbox || inbox.total === 0) return null
  const leave = () => {
    sessionStorage.setItem(key, '1')
    setLater(true)
  }
  return (
    <section className="inbox-strip" aria-label={t('inbox:title')}>
      <span>
        {t('inbox:sum', {
          count: inbox.total,
          total: count(inbox.total),
          late: count(inbox.overdue),
        })}
      </span>
      <button
        type="button"
        className="button button-small button-primary"
        onClick={() => {
          leave()
          onOpen()
        }}
      >
        {t('inbox:open')}
      </button>
      <button type="button" className="button button-small button-quiet" onClick={leave}>
        {t('inbox:later')}
      </button>
    </section>
  )
}
