import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { AgendaItem } from 'api/agenda/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readFailure } from '../shell/api.ts'
import { FormFailure } from '../shell/form-parts.tsx'
import { PageLink } from '../shell/page-link.tsx'
import { uuid } from '../ui/uuid.ts'
import { perform } from './act.ts'

/** What an act may change; each noun's own lists follow. */
const followed = [
  'agenda',
  'inbox',
  'dispatch',
  'issue',
  'milestone',
  'report',
  'project',
  'holder',
]

/** One tap: done by the route of its noun, or the way to the form that has to be filled in. */
export function ActButton({ item }: { item: AgendaItem }) {
  const { t } = useTranslation(['agenda'])
  const client = useQueryClient()
  const [key] = useState(uuid)
  const act = useMutation({
    mutationFn: () => perform(item.act, key),
    networkMode: 'always',
    onSettled: () =>
      Promise.allSettled(followed.map((noun) => client.invalidateQueries({ queryKey: [noun] }))),
  })
  const word = t(`agenda:act.${item.kind}`)
  if (item.act.do === 'open') {
    return (
      <PageLink to={item.link} className="button button-small button-primary">
        {word}
      </PageLink>
    )
  }
  const reminded = act.data ?? null
  return (
    <>
      <button
        type="button"
        className="button button-small button-primary"
        disabled={act.isPending || act.isSuccess}
        onClick={() => act.mutate()}
      >
        <span role="status">
          {!act.isSuccess || reminded?.people === 0
            ? word
            : reminded === null
              ? t('agenda:done')
              : reminded.told === 0
                ? t('agenda:toldBefore')
                : t('agenda:told', { count: reminded.told })}
        </span>
      </button>
      {reminded?.people === 0 && (
        <p className="agenda-nobody" role="alert">
          {t('agenda:toldNobody')}
        </p>
      )}
      <FormFailure failure={act.error === null ? null : readFailure(act.error)} />
    </>
  )
}
