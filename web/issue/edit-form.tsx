import type { IssueDetail, IssueEdit } from 'api/issue/contract'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, parseResponse } from '../shell/api.ts'
import { useEdit } from '../shell/edit.ts'
import { useFormFocus } from '../shell/form-focus.ts'
import { FormActions, FormFailure, ResumedNote } from '../shell/form-parts.tsx'
import { IssueWordFields, type IssueWords, type WordField, wordFields } from './issue-words.tsx'
import { useWrite } from './use-write.ts'

/** Changes the words of an issue; only what differs is sent, with what was seen of it. */
export function EditForm({ issue, onDone }: { issue: IssueDetail; onDone: () => void }) {
  const { t } = useTranslation(['panel'])
  const edit = useEdit(`issue-${issue.id}`, valuesOf(issue))
  const send = (json: IssueEdit) =>
    parseResponse(api.issue[':id'].$patch({ param: { id: String(issue.id) }, json }))
  const leave = () => {
    edit.drop()
    onDone()
  }
  const save = useWrite(wordFields, send, leave)
  const form = useFormFocus()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    if (edit.isUnseen(event)) return
    save.submit(event, () => ({ ...edit.changed(wire), seen: edit.seen(wire) }) as IssueEdit)
  }
  return (
    <form ref={form} className="form" noValidate onSubmit={submit}>
      {edit.isResumed && <ResumedNote />}
      <IssueWordFields
        values={edit.values}
        of={(field) => save.of(field) ?? edit.of(field)}
        onSet={edit.set}
      />
      <FormFailure failure={save.failure} />
      <FormActions isPending={save.isPending} submit={t('panel:save')} onCancel={leave} />
    </form>
  )
}

const valuesOf = (issue: IssueDetail): IssueWords =>
  Object.fromEntries(wordFields.map((field) => [field, issue[field] ?? ''])) as IssueWords

/** An emptied enterprise or cause is none. */
const wire = (field: WordField, text: string): string | null =>
  field === 'enterprise' || field === 'cause' ? text.trim() || null : text.trim()
