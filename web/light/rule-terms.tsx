import type { LightPart } from 'api/light/contract'
import type { LightRule, LightTerms } from 'api/light/rule/contract'
import type { Category } from 'api/project/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { termsOf, withTerms } from './edit-rule.ts'
import { BehindRow, NumberRow, OverdueRow } from './limit-row.tsx'

const categories: readonly Category[] = ['industry', 'infrastructure', 'livelihood', 'ecology']
const parts: readonly LightPart[] = ['start', 'progress', 'payment', 'statistics']

/** The limits of a rule as its numbered clauses; a change makes a version of its own. */
export function RuleTerms({
  rule,
  onRule,
}: {
  rule: LightRule
  onRule: (rule: LightRule) => void
}) {
  const { t } = useTranslation(['light', 'project'])
  const [category, setCategory] = useState<Category | null>(null)
  const terms = termsOf(rule, category)
  const set = (patch: Partial<LightTerms>) => onRule(withTerms(rule, category, patch))
  const clause = (about: LightRule['clauses'][number]) => rule.clauses.indexOf(about) + 1
  return (
    <section className="rule-terms" aria-label={t('light:rule.terms')}>
      <p>
        <select
          aria-label={t('light:rule.of')}
          value={category ?? ''}
          onChange={({ target }) => setCategory((target.value || null) as Category | null)}
        >
          <option value="">{t('light:rule.all')}</option>
          {categories.map((one) => (
            <option key={one} value={one}>
              {t(`project:category.${one}`)}
              {rule.categories.some(({ category }) => category === one)
                ? ` · ${t('light:rule.own')}`
                : ''}
            </option>
          ))}
        </select>
      </p>
      <Clauses terms={terms} set={set} clause={clause} />
      <fieldset className="rule-judges">
        <legend>{t('light:rule.judges')}</legend>
        {parts.map((part) => (
          <label key={part}>
            <input
              type="checkbox"
              checked={terms.judges.includes(part)}
              disabled={terms.judges.length === 1 && terms.judges.includes(part)}
              onChange={({ target }) =>
                set({
                  judges: parts.filter((one) =>
                    one === part ? target.checked : terms.judges.includes(one),
                  ),
                })
              }
            />
            {t(`light:part.${part}`)}
          </label>
        ))}
      </fieldset>
    </section>
  )
}

interface ClauseProps {
  terms: LightTerms
  set: (patch: Partial<LightTerms>) => void
  clause: (about: LightRule['clauses'][number]) => number
}

/** In the order of the shipped numbers; each line says its own. */
function Clauses(props: ClauseProps) {
  const { t } = useTranslation(['light'])
  const { terms, set, clause } = props
  const { start, progress, payment, method, statistics, staleDays } = terms
  return (
    <>
      <OverdueRow
        number={clause('start')}
        what={t('light:term.start')}
        limit={start}
        onLimit={(next) => set({ start: next })}
      />
      <OverdueRow
        number={clause('progress')}
        what={t('light:term.step')}
        limit={progress.step}
        onLimit={(step) => set({ progress: { ...progress, step } })}
      />
      <BehindRow
        number={clause('progress')}
        what={t('light:term.percent')}
        limit={progress.percent}
        onLimit={(percent) => set({ progress: { ...progress, percent } })}
      />
      <BehindRow
        number={clause('payment')}
        what={t(`light:term.${method}`)}
        limit={payment}
        onLimit={(next) => set({ payment: next })}
      />
      <p className="rule-line">
        <span />
        <select
          aria-label={t('light:term.method')}
          value={method}
          onChange={({ target }) => set({ method: target.value as LightTerms['method'] })}
        >
          <option value="plan">{t('light:method.plan')}</option>
          <option value="straight">{t('light:method.straight')}</option>
        </select>
      </p>
      <OverdueRow
        number={clause('statistics')}
        what={t('light:term.statistics')}
        limit={statistics}
        onLimit={(next) => set({ statistics: next })}
      />
      <NumberRow
        number={clause('silence')}
        what={t('light:term.stale')}
        unit={t('light:unit.day')}
        value={staleDays}
        max={730}
        onValue={(next) => set({ staleDays: next })}
      />
      <PreliminaryRows {...props} />
      <EvidenceRows {...props} />
    </>
  )
}

/** 前期 projects; nothing where the rule gives them no light. */
function PreliminaryRows({ terms: { preliminary }, set, clause }: ClauseProps) {
  const { t } = useTranslation(['light'])
  if (preliminary === null) return null
  return (
    <>
      <OverdueRow
        number={clause('preliminary')}
        what={t('light:term.preliminary')}
        limit={preliminary.step}
        onLimit={(step) => set({ preliminary: { ...preliminary, step } })}
      />
      <NumberRow
        number={clause('preliminary')}
        what={t('light:term.preliminaryStale')}
        unit={t('light:unit.day')}
        value={preliminary.staleDays}
        max={730}
        onValue={(next) => set({ preliminary: { ...preliminary, staleDays: next } })}
      />
    </>
  )
}

function EvidenceRows({ terms: { evidence }, set, clause }: ClauseProps) {
  const { t } = useTranslation(['light'])
  const number = clause('evidence')
  return (
    <>
      <NumberRow
        number={number}
        what={t('light:term.evidence')}
        unit={t('light:unit.day')}
        value={evidence.days}
        max={730}
        onValue={(days) => set({ evidence: { ...evidence, days } })}
      />
      <NumberRow
        number={number}
        what={t('light:term.wanted')}
        unit={t('light:unit.kind')}
        value={evidence.wanted}
        max={4}
        onValue={(wanted) => set({ evidence: { ...evidence, wanted } })}
      />
      <BehindRow
        number={number}
        what={t('light:term.proven')}
        limit={evidence.money}
        onLimit={(money) => set({ evidence: { ...evidence, money } })}
      />
    </>
  )
}
