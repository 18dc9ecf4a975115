import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { NoticeChannels } from 'api/notice/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readFailure } from '../shell/api.ts'
import { FormFailure } from '../shell/form-parts.tsx'
import { ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { chooseChannels, noticePreference } from './queries.ts'

const channels = ['email', 'webhook'] as const

/** One line a kind; each tick is kept at once. In the page everything is told. */
export function NoticePreferences() {
  const { t } = useTranslation(['notice'])
  const client = useQueryClient()
  const preference = useQuery(noticePreference)
  // Shows at once, and falls back when it was not kept.
  const [ticked, setTicked] = useState<NoticeChannels | null>(null)
  const choose = useMutation({
    mutationFn: (choice: NoticeChannels) => chooseChannels(client, choice),
    onSettled: () => setTicked(null),
  })
  if (preference.isPending) return <ScreenLoading />
  if (preference.isError) return <ScreenError error={preference.error} reset={preference.refetch} />
  const { rows, email, mailOn } = preference.data
  const mail = !mailOn ? t('notice:mailOff') : (email ?? t('notice:mailMissing'))
  const shown = rows.map((row) => (ticked?.kind === row.kind ? ticked : row))
  const tick = (choice: NoticeChannels) => {
    setTicked(choice)
    choose.mutate(choice)
  }
  return (
    <>
      <p className="form-hint notice-where">
        {t('notice:preferenceHint')} {t('notice:mailTo', { address: mail })}
      </p>
      {choose.error && <FormFailure failure={readFailure(choose.error)} />}
      <table className="notice-preference">
        <thead>
          <tr>
            <th scope="col">{t('notice:kindColumn')}</th>
            {channels.map((channel) => (
              <th key={channel} scope="col">
                {t(`notice:channel.${channel}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.kind}>
              <th scope="row">{t(`notice:kind.${row.kind}`)}</th>
              {channels.map((channel) => (
                <td key={channel}>
                  <label>
                    <input
                      type="checkbox"
                      aria-label={`${t(`notice:kind.${row.kind}`)} ${t(`notice:channel.${channel}`)}`}
                      checked={row[channel]}
                      disabled={choose.isPending}
                      onChange={(event) => tick({ ...row, [channel]: event.target.checked })}
                    />
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
