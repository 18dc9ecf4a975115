import { useQuery } from '@tanstack/react-query'
import type { IssueAction, IssueDetail } from 'api/issue/contract'
import { useTranslation } from 'react-i18next'
import { TextField } from '../ui/text-field.tsx'
import { IssueLine } from './issue-line.tsx'
import { CauseField } from './issue-words.tsx'
import { projectIssues } from './queries.ts'
import { SelectField } from './select-field.tsx'

/** Places and bodies that a step may name; what the screen knows of other nouns. */
export interface Named {
  id: number
  name: string
}

/** What was typed of a step. */
export interface StepDraft {
  note: string
  evidence: string
  cause: string
  severity: string
  lead: string
  days: string
  rating: string
  into: string
  body: string
}

interface ParticularsProps {
  issue: IssueDetail
  action: IssueAction
  /** Departments and units that may answer for it, bodies that may decide. */
  departments: readonly Named[]
  units: readonly Named[]
  bodies: readonly Named[]
  draft: StepDraft
  set: (patch: Partial<StepDraft>) => void
  of: (field: string) => string | undefined
}

/** The fields that an action needs besides its note. */
export function Particulars(props: ParticularsProps) {
  const { t } = useTranslation(['issue'])
  const { action, draft, set, of } = props
  switch (action) {
    case 'screen':
      return (
        <>
          <CauseField
            required
            value={draft.cause}
            error={of('cause')}
            onChoose={(cause) => set({ cause })}
          />
          <SelectField
            name="severity"
            label={t('issue:field.severity')}
            value={draft.severity}
            onChoose={(severity) => set({ severity })}
          >
            <option value="normal">{t('issue:severity.normal')}</option>
            <option value="urgent">{t('issue:severity.urgent')}</option>
          </SelectField>
        </>
      )
    case 'assign':
      return <LeadField {...props} />
    case 'finish':
      return (
        <TextField
          name="evidence"
          label={t('issue:field.evidence')}
          hint={t('issue:field.evidenceHint')}
          error={of('evidence')}
          wide
          maxLength={300}
          value={draft.evidence}
          onText={(evidence) => set({ evidence })}
        />
      )
    case 'ask_extension':
      return (
        <TextField
          name="days"
          type="number"
          min={1}
          step={1}
          required
          label={t('issue:field.days')}
          error={of('days')}
          value={draft.days}
          onText={(days) => set({ days })}
        />
      )
    case 'confirm':
      return (
        <SelectField
          name="rating"
          label={t('issue:field.rating')}
          value={draft.rating}
          onChoose={(rating) => set({ rating })}
        >
          {['5', '4', '3', '2', '1'].map((rating) => (
            <option key={rating} value={rating}>
              {t(`issue:rating.${rating}`)}
            </option>
          ))}
        </SelectField>
      )
    case 'merge':
      return <IntoField {...props} />
    case 'escalate':
      return <BodyField {...props} />
    default:
      return null
  }
}

function LeadField({ draft, set, of, units, departments }: ParticularsProps) {
  const { t } = useTranslation(['issue'])
  return (
    <SelectField
      name="departmentId"
      label={t('issue:field.lead')}
      error={of('departmentId')}
      required
      wide
      value={draft.lead}
      onChoose={(lead) => set({ lead })}
    >
      <option value="">{t('issue:field.choose')}</option>
      <optgroup label={t('issue:field.departments')}>
        {departments.map(({ id, name }) => (
          <option key={id} value={`d${id}`}>
            {name}
          </option>
        ))}
      </optgroup>
      <optgroup label={t('issue:field.units')}>
        {units.map(({ id, name }) => (
          <option key={id} value={`u${id}`}>
            {name}
          </option>
        ))}
      </optgroup>
    </SelectField>
  )
}

/** The other open issues of the same project. */
function IntoField({ issue, draft, set, of }: ParticularsProps) {
  const { t } = useTranslation(['issue'])
  const ofProject = useQuery({
    ...projectIssues(issue.project?.id ?? 0, null),
    enabled: issue.project !== null,
  })
  const others = ofProject.data?.rows.filter(
    ({ id, holder }) => id !== issue.id && holder !== 'none',
  )
  if (others?.length === 0 || issue.project === null) {
    return <p className="form-note">{t('issue:field.intoNone')}</p>
  }
  return (
    <fieldset className="issue-into">
      <legend>{t('issue:field.into')}</legend>
      {others?.map((other) => (
        <label key={other.id}>
          <input
            type="radio"
            name="intoId"
            required
            checked={draft.into === String(other.id)}
            onChange={() => set({ into: String(other.id) })}
          />
          <span>
            <IssueLine issue={other} place={false} />
          </span>
        </label>
      ))}
      {of('intoId') && <span className="form-error">{of('intoId')}</span>}
    </fieldset>
  )
}

function BodyField({ draft, set, of, bodies }: ParticularsProps) {
  const { t } = useTranslation(['issue'])
  return (
    <SelectField
      name="bodyId"
      label={t('issue:field.body')}
      error={of('bodyId')}
      required
      wide
      value={draft.body}
      onChoose={(body) => set({ body })}
    >
      <option value="">{t('issue:field.choose')}</option>
      {bodies.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}
