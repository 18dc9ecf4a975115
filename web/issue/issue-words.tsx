import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { TextField } from '../ui/text-field.tsx'
import { causeList } from './queries.ts'
import { SelectField } from './select-field.tsx'

export const wordFields = ['title', 'description', 'enterprise', 'cause', 'severity'] as const
export type WordField = (typeof wordFields)[number]
export type IssueWords = Record<WordField, string>

interface IssueWordsProps {
  values: IssueWords
  of: (field: WordField) => string | undefined
  onSet: (field: WordField, text: string) => void
}

/** What is the matter, why, and how much it presses. */
export function IssueWordFields({ values, of, onSet }: IssueWordsProps) {
  const { t } = useTranslation(['issue'])
  return (
    <>
      <TextField
        name="title"
        label={t('issue:field.title')}
        hint={t('issue:field.titleHint')}
        error={of('title')}
        required
        wide
        maxLength={120}
        value={values.title}
        onText={(text) => onSet('title', text)}
      />
      <CauseField
        value={values.cause}
        error={of('cause')}
        onChoose={(code) => onSet('cause', code)}
      />
      <SelectField
        name="severity"
        label={t('issue:field.severity')}
        error={of('severity')}
        value={values.severity}
        onChoose={(text) => onSet('severity', text)}
      >
        <option value="normal">{t('issue:severity.normal')}</option>
        <option value="urgent">{t('issue:severity.urgent')}</option>
      </SelectField>
      <TextField
        name="description"
        label={t('issue:field.description')}
        error={of('description')}
        wide
        area
        maxLength={4000}
        value={values.description}
        onText={(text) => onSet('description', text)}
      />
      <TextField
        name="enterprise"
        label={t('issue:field.enterprise')}
        error={of('enterprise')}
        wide
        maxLength={100}
        value={values.enterprise}
        onText={(text) => onSet('enterprise', text)}
      />
    </>
  )
}

interface CauseFieldProps {
  value: string
  error: string | undefined
  required?: boolean
  onChoose: (code: string) => void
}

export function CauseField({ required = false, ...props }: CauseFieldProps) {
  const { t } = useTranslation(['issue'])
  const causes = useQuery(causeList).data ?? []
  return (
    <SelectField name="cause" label={t('issue:field.cause')} required={required} {...props}>
      <option value="">{t('issue:field.causeNone')}</option>
      {causes.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}
