import type { Milestone } from 'api/milestone/contract'
import { useTranslation } from 'react-i18next'
import { useMay } from '../session/me.ts'
import { api, parseResponse } from '../shell/api.ts'
import { FormFailure } from '../shell/form-parts.tsx'
import { useSave } from '../shell/save.ts'

/** The dispatch office has seen the evidence of this very date. */
export function VerifyButton({ milestone }: { milestone: Milestone }) {
  const { t } = useTranslation(['milestone'])
  const may = useMay()
  const { id, projectId, actualDate, name } = milestone
  const send = (json: { actualDate: string }) =>
    parseResponse(api.milestone[':id'].verification.$post({ param: { id: String(id) }, json }))
  const save = useSave(projectId, [], send, () => {})
  if (!may('milestone:approve') || actualDate === null) return null
  return (
    <form onSubmit={(event) => save.submit(event, () => ({ actualDate }))}>
      <button
        type="submit"
        className="link-button"
        disabled={save.isPending}
        aria-label={t('milestone:proof.verifyOf', { name })}
      >
        {t('milestone:proof.verify')}
      </button>
      <FormFailure failure={save.failure} />
    </form>
  )
}
