import { useState } from 'react'
import { TextField } from '../ui/text-field.tsx'
import { useFormFocus } from './form-focus.ts'
import { FormActions, FormFailure } from './form-parts.tsx'
import type { Save } from './send.ts'

interface NoteFormProps<Input> {
  save: Save<Input>
  /** The field as the server names it. */
  name: string
  label: string
  hint: string
  maxLength: number
  submit: string
  /** What is sent with these words. */
  input: (note: string) => Input
  onCancel: () => void
}

/** Why something is returned, refused or recalled: one text that has to be given. */
export function NoteForm<Input>({ save, input, ...props }: NoteFormProps<Input>) {
  const [note, setNote] = useState('')
  const form = useFormFocus()
  return (
    <form
      ref={form}
      className="form"
      noValidate
      onSubmit={(event) => save.submit(event, () => input(note.trim()))}
    >
      <TextField
        name={props.name}
        label={props.label}
        hint={props.hint}
        error={save.of(props.name)}
        wide
        area
        required
        maxLength={props.maxLength}
        value={note}
        onText={setNote}
      />
      <FormFailure failure={save.failure} />
      <FormActions isPending={save.isPending} submit={props.submit} onCancel={props.onCancel} />
    </form>
  )
}
