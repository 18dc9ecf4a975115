import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { FormField } from '../ui/form-field.tsx'
import { TextField } from '../ui/text-field.tsx'
import { uuid } from '../ui/uuid.ts'
import type { Draft } from './draft.ts'
import { issueCauses } from './queries.ts'

interface IssuePartProps {
  draft: Draft
  onDraft: (patch: Partial<Draft>) => void
}

/** The problem as an issue of its own: raised with the report, followed until it is solved. */
export function IssuePart({ draft, onDraft }: IssuePartProps) {
  const { t } = useTranslation(['report', 'panel'])
  const causes = useQuery(issueCauses).data ?? []
  const { issue } = draft
  const toggle = (on: boolean) => {
    const title =
      draft.problem
        .trim()
        .split(/[。；\n]/)[0]
        ?.slice(0, 120) ?? ''
    const cause = causes.find(({ name }) => name === draft.cause)?.code ?? ''
    onDraft({ issue: on ? { key: uuid(), title, cause, severity: 'normal' } : null })
  }
  return (
    <fieldset className="form-field-wide report-part">
      <label className="report-check">
        <input
          type="checkbox"
          checked={issue !== null}
          onChange={(event) => toggle(event.target.checked)}
        />
        {t('report:issue.raise')}
      </label>
      {issue && (
        <div className="report-part-fields">
          <TextField
            name="issue.title"
            label={t('report:issue.title')}
            hint={t('report:issue.hint')}
            wide
            required
            maxLength={120}
            value={issue.title}
            onText={(title) => onDraft({ issue: { ...issue, title } })}
          />
          <FormField label={t('panel:field.cause')}>
            {(ids) => (
              <select
                {...ids}
                className="form-input"
                value={issue.cause}
                onChange={(event) => onDraft({ issue: { ...issue, cause: event.target.value } })}
              >
                <option value="">{t('report:issue.noCause')}</option>
                {causes
                  .filter(({ active }) => active)
                  .map(({ code, name }) => (
                    <option key={code} value={code}>
                      {name}
                    </option>
                  ))}
              </select>
            )}
          </FormField>
          <label className="report-check">
            <input
              type="checkbox"
              checked={issue.severity === 'urgent'}
              onChange={(event) =>
                onDraft({
                  issue: { ...issue, severity: event.target.checked ? 'urgent' : 'normal' },
                })
              }
            />
            {t('report:issue.urgent')}
          </label>
        </div>
      )}
    </fieldset>
  )
}
