import { useQueryClient } from '@tanstack/react-query'
import type { AdoptionInput, LightRule } from 'api/light/rule/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refreshSnapshot } from '../project/queries.ts'
import { FormFailure, ReasonField } from '../shell/form-parts.tsx'
import { useSend } from '../shell/send.ts'
import { FormField } from '../ui/form-field.tsx'
import { nameOf } from './edit-rule.ts'
import { adoptRule } from './queries.ts'

/** Lets a rule judge from a day on, with a reason; the book and every light follow. */
export function AdoptForm({ rule, today }: { rule: LightRule; today: string }) {
  const { t } = useTranslation(['light', 'panel'])
  const client = useQueryClient()
  const [fromOn, setFromOn] = useState(today)
  const [reason, setReason] = useState('')
  const save = useSend(['fromOn', 'reason'], adoptRule, () => {
    // Stored: what fails to follow now is made up for by the live stream.
    void Promise.allSettled([
      client.invalidateQueries({ queryKey: ['light'] }),
      client.invalidateQueries({ queryKey: ['project'] }),
      refreshSnapshot(client),
    ])
  })
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => save.submit(event, (): AdoptionInput => ({ rule, fromOn, reason }))}
    >
      <FormField
        label={t('light:adopt.from')}
        error={save.of('fromOn')}
        hint={t('light:adopt.fromHint')}
      >
        {(ids) => (
          <input
            {...ids}
            name="fromOn"
            type="date"
            className="form-input"
            required
            min={today}
            value={fromOn}
            onChange={({ target }) => setFromOn(target.value)}
          />
        )}
      </FormField>
      <ReasonField value={reason} error={save.of('reason')} onText={setReason} />
      <FormFailure failure={save.failure} />
      <div className="form-actions">
        <button type="submit" className="button button-primary" disabled={save.isPending}>
          {save.isPending ? t('panel:saving') : t('light:adopt.submit', { rule: nameOf(rule) })}
        </button>
      </div>
    </form>
  )
}
