import type { DispatchTask, TaskAction } from 'api/dispatch/contract'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormFocus } from '../shell/form-focus.ts'
import { FormActions, FormFailure } from '../shell/form-parts.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useStep } from './use-step.ts'

interface TaskFormProps {
  task: DispatchTask
  action: Exclude<TaskAction, 'acknowledge'>
  onDone: () => void
}

/** What goes without words: the button opens the form, one press more does it. */
const wordless: readonly TaskAction[] = ['check', 'grant_extension']

/** One step of a task: a few words, proof of an answer, another day where more time is asked for. */
export function TaskForm({ task, action, onDone }: TaskFormProps) {
  const { t } = useTranslation(['dispatch'])
  const [note, setNote] = useState('')
  const [links, setLinks] = useState('')
  const [dueOn, setDueOn] = useState(task.askedDueOn ?? '')
  const form = useFormFocus()
  const write = useStep(task, ['note', 'links', 'links.0', 'dueOn'], onDone)
  const hasDay = action === 'ask_extension' || action === 'grant_extension'
  const submit = (event: FormEvent<HTMLFormElement>) =>
    write.submit(event, () => ({
      action,
      note: note.trim() || null,
      links: links.split(/\s+/).filter(Boolean),
      dueOn: hasDay ? dueOn || null : null,
    }))
  return (
    <form ref={form} className="form" noValidate onSubmit={submit}>
      {hasDay && (
        <TextField
          name="dueOn"
          type="date"
          label={t('dispatch:form.dueOn')}
          hint={t('dispatch:due.on', { date: task.dueOn })}
          error={write.of('dueOn')}
          wide
          required
          value={dueOn}
          onText={setDueOn}
        />
      )}
      <TextField
        name="note"
        label={t(`dispatch:form.note.${action}`)}
        error={write.of('note')}
        wide
        area
        required={!wordless.includes(action)}
        maxLength={2000}
        value={note}
        onText={setNote}
      />
      {action === 'answer' && (
        <TextField
          name="links"
          label={t('dispatch:form.links')}
          hint={t('dispatch:form.linksHint')}
          error={write.of('links') ?? write.of('links.0')}
          wide
          value={links}
          onText={setLinks}
        />
      )}
      <FormFailure failure={write.failure} />
      <FormActions
        isPending={write.isPending}
        submit={t(`dispatch:action.${action}`)}
        onCancel={onDone}
      />
    </form>
  )
}
