import { useQuery } from '@tanstack/react-query'
import type { IssueChannel, IssueInput } from 'api/issue/contract'
import { type FormEvent, useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, parseResponse } from '../shell/api.ts'
import { useFormFocus } from '../shell/form-focus.ts'
import { FormActions, FormFailure } from '../shell/form-parts.tsx'
import { TextField } from '../ui/text-field.tsx'
import { IssueLine } from './issue-line.tsx'
import { IssueWordFields, type IssueWords } from './issue-words.tsx'
import { similarIssues } from './queries.ts'
import { SelectField } from './select-field.tsx'
import type { Named } from './step-particulars.tsx'
import { useWrite } from './use-write.ts'

interface RaiseFormProps {
  /** What it is about; null: a place or an enterprise alone. */
  project: Named | null
  units: readonly Named[]
  onDone: (issue: number | null) => void
  onOpen: (issue: number) => void
}

const channels: readonly IssueChannel[] = [
  'inspection',
  'meeting',
  'enterprise',
  'message',
  'report',
]
const fields = [
  'title',
  'description',
  'enterprise',
  'cause',
  'severity',
  'unitId',
  'projectId',
  'channel',
  'sourceText',
  'raiserName',
  'raiserPhone',
]

interface Draft extends IssueWords {
  unit: string
  channel: IssueChannel
  sourceText: string
  raiserName: string
  raiserPhone: string
  sensitive: boolean
}
const empty: Draft = {
  title: '',
  description: '',
  enterprise: '',
  cause: '',
  severity: 'normal',
  unit: '',
  channel: 'inspection',
  sourceText: '',
  raiserName: '',
  raiserPhone: '',
  sensitive: false,
}

/** A problem is written down; what may be the same one is shown while it is. */
export function RaiseForm({ project, units, onDone, onOpen }: RaiseFormProps) {
  const { t } = useTranslation(['issue'])
  const [draft, setDraft] = useState(empty)
  const set = (patch: Partial<Draft>) => setDraft({ ...draft, ...patch })
  const send = (json: Omit<IssueInput, 'key'>, key: string) =>
    parseResponse(api.issue.$post({ json: { ...json, key } }))
  const save = useWrite(fields, send, ({ id }) => onDone(id))
  const form = useFormFocus()
  const submit = (event: FormEvent<HTMLFormElement>) =>
    save.submit(event, () => inputOf(project, draft))
  return (
    <form
      ref={form}
      className="form"
      noValidate
      onSubmit={submit}
      aria-label={t('issue:raise.title')}
    >
      {project ? (
        <p className="form-note">{t('issue:raise.about', { name: project.name })}</p>
      ) : (
        <SelectField
          name="unitId"
          label={t('issue:field.unit')}
          error={save.of('unitId') ?? save.of('projectId')}
          wide
          value={draft.unit}
          onChoose={(unit) => set({ unit })}
        >
          <option value="">{t('issue:field.unitNone')}</option>
          {units.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <IssueWordFields
        values={draft}
        of={save.of}
        onSet={(field, text) => set({ [field]: text })}
      />
      <Similar project={project} draft={draft} onOpen={onOpen} />
      <Source draft={draft} set={set} of={save.of} />
      <FormFailure failure={save.failure} />
      <FormActions
        isPending={save.isPending}
        submit={t('issue:raise.send')}
        onCancel={() => onDone(null)}
      />
    </form>
  )
}

function Similar({
  project,
  draft,
  onOpen,
}: Pick<RaiseFormProps, 'project' | 'onOpen'> & { draft: Draft }) {
  const { t } = useTranslation(['issue'])
  const asked = useDeferredValue({
    project: project === null ? '' : String(project.id),
    cause: draft.cause,
    title: draft.title.trim(),
  })
  const rows = useQuery(similarIssues(asked)).data?.rows ?? []
  if (rows.length === 0) return null
  return (
    <div className="form-doubts" role="status">
      <strong>{t('issue:raise.similar')}</strong>
      <ul className="issue-lines">
        {rows.map((issue) => (
          <li key={issue.id}>
            <button type="button" className="issue-line" onClick={() => onOpen(issue.id)}>
              <IssueLine issue={issue} place={project === null} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Source(props: {
  draft: Draft
  set: (patch: Partial<Draft>) => void
  of: (field: string) => string | undefined
}) {
  const { t } = useTranslation(['issue'])
  const { draft, set, of } = props
  const isOutside = draft.channel === 'enterprise' || draft.channel === 'message'
  return (
    <>
      <SelectField
        name="channel"
        label={t('issue:field.channel')}
        error={of('channel')}
        value={draft.channel}
        onChoose={(text) => set({ channel: channels.find((one) => one === text) ?? 'inspection' })}
      >
        {channels.map((channel) => (
          <option key={channel} value={channel}>
            {t(`issue:channel.${channel}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        name="sourceText"
        label={t('issue:field.sourceText')}
        error={of('sourceText')}
        maxLength={200}
        value={draft.sourceText}
        onText={(sourceText) => set({ sourceText })}
      />
      {isOutside && (
        <>
          <TextField
            name="raiserName"
            label={t('issue:field.raiserName')}
            error={of('raiserName')}
            maxLength={60}
            value={draft.raiserName}
            onText={(raiserName) => set({ raiserName })}
          />
          <TextField
            name="raiserPhone"
            label={t('issue:field.raiserPhone')}
            error={of('raiserPhone')}
            type="tel"
            maxLength={30}
            value={draft.raiserPhone}
            onText={(raiserPhone) => set({ raiserPhone })}
          />
        </>
      )}
      <label className="issue-check form-field-wide">
        <input
          type="checkbox"
          checked={draft.sensitive}
          onChange={(event) => set({ sensitive: event.target.checked })}
        />
        {t('issue:field.sensitive')}
      </label>
    </>
  )
}

function inputOf(project: Named | null, draft: Draft): Omit<IssueInput, 'key'> {
  const text = (value: string) => value.trim() || null
  const isOutside = draft.channel === 'enterprise' || draft.channel === 'message'
  return {
    ...(project ? { projectId: project.id } : {}),
    ...(draft.unit === '' ? {} : { unitId: Number(draft.unit) }),
    title: draft.title.trim(),
    description: draft.description.trim(),
    enterprise: text(draft.enterprise),
    cause: text(draft.cause),
    severity: draft.severity === 'urgent' ? 'urgent' : 'normal',
    sensitive: draft.sensitive,
    channel: draft.channel,
    sourceText: text(draft.sourceText),
    raiserName: isOutside ? text(draft.raiserName) : null,
    raiserPhone: isOutside ? text(draft.raiserPhone) : null,
    reportId: null,
    location: null,
  }
}
