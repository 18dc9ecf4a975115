import type { IssueAction, IssueDetail, IssueStepInput } from 'api/issue/contract'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, parseResponse } from '../shell/api.ts'
import { useFormFocus } from '../shell/form-focus.ts'
import { FormActions, FormFailure } from '../shell/form-parts.tsx'
import { TextField } from '../ui/text-field.tsx'
import { type Named, Particulars, type StepDraft } from './step-particulars.tsx'
import { useWrite } from './use-write.ts'

interface StepFormProps {
  issue: IssueDetail
  action: IssueAction
  departments: readonly Named[]
  units: readonly Named[]
  bodies: readonly Named[]
  onDone: () => void
}

const needNote: readonly IssueAction[] = [
  'refuse',
  'return',
  'contact',
  'finish',
  'reject',
  'reopen',
  'ask_extension',
  'deny_extension',
  'ask_pause',
  'deny_pause',
  'shelve',
  'note',
]
const fields = [
  'note',
  'evidence',
  'cause',
  'severity',
  'departmentId',
  'days',
  'rating',
  'intoId',
  'bodyId',
]

/** What one step needs to be told, and no more. */
export function StepForm({ issue, action, onDone, ...named }: StepFormProps) {
  const { t } = useTranslation(['issue', 'panel'])
  const [draft, setDraft] = useState<StepDraft>(() => begin(issue))
  const set = (patch: Partial<StepDraft>) => setDraft({ ...draft, ...patch })
  const send = (json: Omit<IssueStepInput, 'key'>, key: string) =>
    parseResponse(
      api.issue[':id'].step.$post({ param: { id: String(issue.id) }, json: { ...json, key } }),
    )
  const save = useWrite(fields, send, onDone)
  const form = useFormFocus()
  const submit = (event: FormEvent<HTMLFormElement>) =>
    save.submit(event, () => inputOf(issue, action, draft))
  return (
    <form
      ref={form}
      className="form"
      noValidate
      onSubmit={submit}
      aria-label={t(`issue:action.${action}`)}
    >
      <p className="form-note">{t(`issue:about.${action}`)}</p>
      <Particulars {...{ issue, action, draft, set }} {...named} of={save.of} />
      <TextField
        name="note"
        label={t(needNote.includes(action) ? 'issue:field.note' : 'issue:field.noteOptional')}
        error={save.of('note')}
        required={needNote.includes(action)}
        wide
        area
        maxLength={2000}
        value={draft.note}
        onText={(note) => set({ note })}
      />
      <FormFailure failure={save.failure} />
      <FormActions
        isPending={save.isPending}
        submit={t(`issue:action.${action}`)}
        onCancel={onDone}
      />
    </form>
  )
}

const begin = (issue: IssueDetail): StepDraft => ({
  note: '',
  evidence: '',
  cause: issue.cause ?? '',
  severity: issue.severity,
  lead: '',
  days: '5',
  rating: '5',
  into: '',
  body: '',
})

function inputOf(
  { version }: IssueDetail,
  action: IssueAction,
  draft: StepDraft,
): Omit<IssueStepInput, 'key'> {
  const lead = Number(draft.lead.slice(1))
  const particulars: Partial<Record<IssueAction, Partial<IssueStepInput>>> = {
    screen: { cause: draft.cause, severity: draft.severity === 'urgent' ? 'urgent' : 'normal' },
    assign: draft.lead.startsWith('d') ? { departmentId: lead } : { unitId: lead },
    finish: { evidence: draft.evidence.trim() || null },
    ask_extension: { days: Number(draft.days) },
    confirm: { rating: Number(draft.rating) },
    merge: { intoId: Number(draft.into) },
    escalate: { bodyId: Number(draft.body) },
  }
  return { action, version, note: draft.note.trim() || null, ...particulars[action] }
}
