import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { conflictsOf, useEditDraft } from './edit-draft.ts'

/** A form over stored values: what shows in it, what it changes, and what others changed meanwhile. */
export interface Edit<Field extends string> {
  values: Record<Field, string>
  set: (field: Field, text: string) => void
  /** The fields that differ from what is stored, as the server takes them. */
  changed: <Wire>(wire: (field: Field, text: string) => Wire) => Partial<Record<Field, Wire>>
  /** What was seen of those fields before they were changed. */
  seen: <Wire>(wire: (field: Field, text: string) => Wire) => Partial<Record<Field, Wire>>
  /** Whether it goes on from changes that were left unsaved. */
  isResumed: boolean
  /**
   * Holds a submission back, once, when somebody else has changed a field that is changed here: both
   * values stand side by side then, and the next submission goes over the other knowingly.
   */
  isUnseen: (event: FormEvent) => boolean
  of: (field: Field) => string | undefined
  drop: () => void
}

/** The edit of one record, kept under its name in this browser until it is saved or given up. */
export function useEdit<Field extends string>(
  name: string,
  stored: Record<Field, string>,
): Edit<Field> {
  const { t } = useTranslation()
  const draft = useEditDraft(name)
  const [others, setOthers] = useState<Record<string, string>>({})
  const { touched } = draft
  const fields = Object.keys(stored) as Field[]
  const differing = fields.filter((field) => {
    const text = touched[field]?.text
    return text !== undefined && text.trim() !== stored[field]
  })
  const pick = <Wire>(value: (field: Field) => Wire) =>
    Object.fromEntries(differing.map((field) => [field, value(field)])) as Partial<
      Record<Field, Wire>
    >
  return {
    values: Object.fromEntries(
      fields.map((field) => [field, touched[field]?.text ?? stored[field]]),
    ) as Record<Field, string>,
    set: (field, text) => draft.touch(field, text, stored[field]),
    changed: (wire) => pick((field) => wire(field, touched[field]?.text ?? '')),
    seen: (wire) => pick((field) => wire(field, touched[field]?.seen ?? '')),
    isUnseen: (event) => {
      const conflicts = conflictsOf(touched, stored)
      setOthers(conflicts)
      if (Object.keys(conflicts).length === 0) return false
      event.preventDefault()
      draft.acknowledge(conflicts)
      return true
    },
    of: (field) => {
      const now = others[field]
      return now === undefined
        ? undefined
        : t('shell:fault.changed', { value: now || t('shell:fault.blank') })
    },
    isResumed: draft.isResumed,
    drop: draft.drop,
  }
}
