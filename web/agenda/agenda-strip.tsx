import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Figure } from '../shell/figure.tsx'
import { agendaQuery } from './queries.ts'
import './agenda.css'

const key = 'agenda-later'

/** Where the decisions of today would cover the map: how many there are, until opened or put off. */
export function AgendaStrip({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation(['agenda'])
  const [later, setLater] = useState(() => sessionStorage.getItem(key) !== null)
  const agenda = useQuery(agendaQuery).data
  if (later || !agenda || agenda.rows.length === 0) return null
  const leave = () => {
    sessionStorage.setItem(key, '1')
    setLater(true)
  }
  return (
    <section className="agenda-strip" aria-label={t('agenda:title')}>
      <Figure name="agenda.count" value={agenda.rows.length}>
        {t('agenda:sum', { count: agenda.rows.length })}
      </Figure>
      <button
        type="button"
        className="button button-small button-primary"
        onClick={() => {
          leave()
          onOpen()
        }}
      >
        {t('agenda:open')}
      </button>
      <button type="button" className="button button-small button-quiet" onClick={leave}>
        {t('agenda:later')}
      </button>
    </section>
  )
}
