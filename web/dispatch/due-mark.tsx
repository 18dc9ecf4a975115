import { useTranslation } from 'react-i18next'

interface DueMarkProps {
  dueOn: string | null
  overdueDays: number
}

/** The day that something is due on, and by how many days it is late: in words, not by colour alone. */
export function DueMark({ dueOn, overdueDays }: DueMarkProps) {
  const { t } = useTranslation(['dispatch'])
  if (dueOn === null) return <span className="due">{t('dispatch:due.none')}</span>
  return (
    <span className={overdueDays > 0 ? 'due due-late' : 'due'}>
      <span className="figure">{t('dispatch:due.on', { date: dueOn })}</span>
      {overdueDays > 0 && <strong> {t('dispatch:due.late', { count: overdueDays })}</strong>}
    </span>
  )
}
