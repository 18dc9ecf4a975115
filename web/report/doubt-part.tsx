import type { Doubt, DoubtCode } from 'api/report/contract'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../shell/api.ts'
import { TextField } from '../ui/text-field.tsx'
import { doubtText } from './doubt-text.ts'

type Answers = Partial<Record<DoubtCode, string>>

interface DoubtPartProps {
  /** What the server asked. */
  asked: Failure['details']
  answers: Answers
  onAnswers: (answers: Answers) => void
}

/** What is unusual about the figures, each with its answer: asked about, never refused. */
export function DoubtPart({ asked, answers, onAnswers }: DoubtPartProps) {
  const { t } = useTranslation(['panel', 'report', 'shell'])
  const doubts = asked.map(({ value }) => value as Doubt)
  return (
    <div className="form-doubts" role="alert">
      <strong>{t('report:doubt.title')}</strong>
      {doubts.map((doubt) => (
        <TextField
          key={doubt.code}
          name={`doubt-${doubt.code}`}
          label={doubtText(t, doubt)}
          wide
          required
          maxLength={500}
          placeholder={t('report:doubt.answer')}
          value={answers[doubt.code] ?? ''}
          onText={(text) => onAnswers({ ...answers, [doubt.code]: text })}
        />
      ))}
    </div>
  )
}
