import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AuditState } from 'api/audit/contract'
import { useTranslation } from 'react-i18next'
import { Figure } from '../shell/figure.tsx'
import { ScreenError } from '../shell/screen-state.tsx'
import { copyText } from '../ui/copy-text.ts'
import { instantText } from '../ui/date.ts'
import { count } from '../ui/number.ts'
import { auditState, checkAudit } from './queries.ts'

/**
 * How far the chain reaches, what its last check said, and the hash to be written down elsewhere.
 * @param file where what is listed is to be had as a file.
 */
export function AuditStrip({ file }: { file: string }) {
  const { t } = useTranslation(['audit'])
  const client = useQueryClient()
  const state = useQuery(auditState)
  const check = useMutation({
    mutationFn: checkAudit,
    onSuccess: (begun) => client.setQueryData(auditState.queryKey, begun),
  })
  if (state.error) return <ScreenError error={state.error} reset={() => void state.refetch()} />
  if (!state.data) return <div className="audit-strip" aria-busy="true" />
  const { entries, first, head, algorithm, keepDays, running } = state.data
  return (
    <section className="audit-strip" aria-label={t('audit:chain.title')}>
      <p className="audit-strip-sum">
        <Figure name="audit.entries" value={entries}>
          {t('audit:chain.sum', {
            entries: count(entries),
            day: first ? instantText(first).slice(0, 10) : '—',
            algorithm: algorithm === 'sm3' ? 'SM3' : 'SHA-256',
            days: keepDays,
          })}
        </Figure>
      </p>
      <Outcome state={state.data} />
      <button
        type="button"
        className="button"
        disabled={running !== null || check.isPending}
        onClick={() => check.mutate()}
      >
        {running
          ? t('audit:chain.running', { done: count(running.done), total: count(running.total) })
          : t('audit:chain.check')}
      </button>
      <a className="button" href={file} download>
        {t('audit:download')}
      </a>
      {check.error && <ScreenError error={check.error} />}
      {head && (
        <p className="audit-strip-head" data-record="audit">
          <span>{t('audit:chain.head', { n: count(head.n) })}</span>
          <code>{head.hash}</code>
          <button type="button" className="link-button" onClick={() => void copyText(head.hash)}>
            {t('audit:chain.copy')}
          </button>
        </p>
      )}
    </section>
  )
}

function Outcome({ state: { checked, waiting } }: { state: AuditState }) {
  const { t } = useTranslation(['audit'])
  const later = waiting > 0 && (
    <Figure name="audit.waiting" value={waiting}>
      {t('audit:chain.waiting', { count: waiting })}
    </Figure>
  )
  if (!checked) {
    return (
      <p className="audit-strip-outcome" role="status">
        {t('audit:chain.never')} {later}
      </p>
    )
  }
  const at = instantText(checked.at)
  return (
    <p
      className="audit-strip-outcome"
      role={checked.damage ? 'alert' : 'status'}
      data-damaged={checked.damage !== null}
    >
      <Figure name="audit.checked" value={checked.n}>
        {checked.damage
          ? t('audit:chain.damaged', { at, damage: checked.damage })
          : t('audit:chain.sound', { at, n: count(checked.n) })}
      </Figure>{' '}
      {later}
    </p>
  )
}
