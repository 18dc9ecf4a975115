import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { LightBook, LightRule } from 'api/light/rule/contract'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../session/me.ts'
import { ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { AdoptForm } from './adopt-form.tsx'
import { isInOrder, isSameTerms, nameOf, nextVersion } from './edit-rule.ts'
import { PreviewResult } from './preview-result.tsx'
import { lightBook, lightPreview } from './queries.ts'
import { RuleHistory } from './rule-history.tsx'
import { RuleTerms } from './rule-terms.tsx'
import './rule-dialog.css'

interface RuleDialogProps {
  /** The clock's day. */
  today: string
  units: ReadonlyMap<number, string>
  onOpen: (project: number) => void
  onClose: () => void
}

/** The rule sets: choose one or change its limits, see who changes colour, let it judge from a day on. */
export default function RuleDialog({ today, units, onOpen, onClose }: RuleDialogProps) {
  const { t } = useTranslation(['light', 'explain'])
  const book = useQuery(lightBook)
  return (
    <Dialog title={t('light:rule.title')} closeWord={t('explain:close')} onClose={onClose}>
      {book.error ? (
        <ScreenError error={book.error} reset={() => void book.refetch()} />
      ) : book.data ? (
        <Editor
          key={book.data.adoptions.length}
          book={book.data}
          today={today}
          units={units}
          onOpen={onOpen}
        />
      ) : (
        <ScreenLoading />
      )}
    </Dialog>
  )
}

function Editor(props: Omit<RuleDialogProps, 'onClose'> & { book: LightBook }) {
  const { t } = useTranslation(['light'])
  const { book, today } = props
  const may = useMay()
  const [rule, setRule] = useState(book.current)
  const change = (next: LightRule) => {
    const known = book.rules.find((one) => isSameTerms(one.rule, next) && one.name === next.name)
    setRule(known?.rule ?? { ...next, version: nextVersion(book, next.name) })
  }
  const isCurrent = nameOf(rule) === nameOf(book.current)
  const isNew = !book.rules.some((one) => nameOf(one.rule) === nameOf(rule))
  return (
    <>
      <div className="rule-choice" role="radiogroup" aria-label={t('light:rule.sets')}>
        {book.rules.map((one) => (
          <label key={nameOf(one.rule)}>
            <input
              type="radio"
              name="rule"
              checked={nameOf(one.rule) === nameOf(rule)}
              onChange={() => setRule(one.rule)}
            />
            {nameOf(one.rule)}
            {nameOf(one.rule) === nameOf(book.current) && (
              <span className="badge">{t('light:rule.current')}</span>
            )}
          </label>
        ))}
        {isNew && (
          <label>
            <input type="radio" name="rule" checked readOnly />
            {nameOf(rule)} <span className="badge">{t('light:rule.new')}</span>
          </label>
        )}
      </div>
      <div className="rule-columns">
        <RuleTerms rule={rule} onRule={change} />
        {isInOrder(rule) ? (
          <Preview {...props} rule={rule} isCurrent={isCurrent} />
        ) : (
          <p className="rule-quiet">{t('light:rule.notInOrder')}</p>
        )}
      </div>
      {may('light:adopt') && !isCurrent && isInOrder(rule) && (
        <AdoptForm key={nameOf(rule)} rule={rule} today={today} />
      )}
      {!may('light:adopt') && <p className="rule-quiet">{t('light:rule.mayNot')}</p>}
      <RuleHistory adoptions={book.adoptions} />
    </>
  )
}

function Preview(
  props: Pick<RuleDialogProps, 'units' | 'onOpen'> & { rule: LightRule; isCurrent: boolean },
) {
  const { t } = useTranslation(['light'])
  const rule = useDeferredValue(props.rule)
  const preview = useQuery({ ...lightPreview(rule), placeholderData: keepPreviousData })
  if (props.isCurrent) return <p className="rule-quiet">{t('light:rule.isCurrent')}</p>
  if (preview.error) {
    return <ScreenError error={preview.error} reset={() => void preview.refetch()} />
  }
  if (!preview.data) return <ScreenLoading />
  return <PreviewResult preview={preview.data} units={props.units} onOpen={props.onOpen} />
}
