import type { LightPart } from 'api/light/contract'
import type { Behind, LightRule, LightTerms, Overdue } from 'api/light/rule/contract'
import type { Category } from 'api/project/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { termsOf, withTerms } from './edit-rule.ts'
import { LimitRow, NumberInput } from './limit-row.tsx'

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
      <Overdues terms={terms} set={set} clause={clause} />
      <Points terms={terms} set={set} clause={clause} />
      <Others terms={terms} set={set} clause={clause} />
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

function Overdues({ terms, set, clause }: ClauseProps) {
  const { t } = useTranslation(['light'])
  const { start, progress, statistics, preliminary } = terms
  const row = (number: number, what: string, limit: Overdue, put: (limit: Overdue) => void) => (
    <LimitRow
      number={number}
      what={what}
      unit={t(`light:unit.${limit.unit}`)}
      amber={limit.amber}
      red={limit.red}
      onAmber={(amber) => put({ ...limit, amber, red: Math.max(limit.red, amber) })}
      onRed={(red) => put({ ...limit, red, amber: Math.min(limit.amber, red) })}
    />
  )
  return (
    <>
      {row(clause('start'), t('light:term.start'), start, (next) => set({ start: next }))}
      {row(clause('progress'), t('light:term.step'), progress.step, (step) =>
        set({ progress: { ...progress, step } }),
      )}
      {row(clause('statistics'), t('light:term.statistics'), statistics, (next) =>
        set({ statistics: next }),
      )}
      {preliminary &&
        row(clause('preliminary'), t('light:term.preliminary'), preliminary.step, (step) =>
          set({ preliminary: { ...preliminary, step } }),
        )}
    </>
  )
}

function Points({ terms, set, clause }: ClauseProps) {
  const { t } = useTranslation(['light', 'shell'])
  const { progress, payment, method, evidence } = terms
  const row = (number: number, what: string, limit: Behind, put: (limit: Behind) => void) => (
    <LimitRow
      number={number}
      what={what}
      unit={t('shell:unit.points')}
      amber={limit.amberPoints}
      red={limit.redPoints}
      onAmber={(amberPoints) =>
        put({ ...limit, amberPoints, redPoints: Math.max(limit.redPoints, amberPoints) })
      }
      onRed={(redPoints) =>
        put({ ...limit, redPoints, amberPoints: Math.min(limit.amberPoints, redPoints) })
      }
    />
  )
  return (
    <>
      {row(clause('progress'), t('light:term.percent'), progress.percent, (percent) =>
        set({ progress: { ...progress, percent } }),
      )}
      {row(clause('payment'), t(`light:term.${method}`), payment, (next) => set({ payment: next }))}
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
      {row(clause('evidence'), t('light:term.proven'), evidence.money, (money) =>
        set({ evidence: { ...evidence, money } }),
      )}
    </>
  )
}

function Others({ terms, set, clause }: ClauseProps) {
  const { t } = useTranslation(['light'])
  const { staleDays, preliminary, evidence } = terms
  return (
    <>
      <p className="rule-line">
        <span className="figure">{clause('silence')}</span>
        <span>{t('light:term.stale')}</span>
        <NumberInput
          label={t('light:term.stale')}
          value={staleDays}
          onValue={(next) => set({ staleDays: next })}
        />
        <span>{t('light:unit.day')}</span>
      </p>
      {preliminary && (
        <p className="rule-line">
          <span className="figure">{clause('preliminary')}</span>
          <span>{t('light:term.preliminaryStale')}</span>
          <NumberInput
            label={t('light:term.preliminaryStale')}
            value={preliminary.staleDays}
            onValue={(next) => set({ preliminary: { ...preliminary, staleDays: next } })}
          />
          <span>{t('light:unit.day')}</span>
        </p>
      )}
      <p className="rule-line">
        <span className="figure">{clause('evidence')}</span>
        <span>{t('light:term.evidence')}</span>
        <NumberInput
          label={t('light:term.evidence')}
          value={evidence.days}
          onValue={(days) => set({ evidence: { ...evidence, days } })}
        />
        <span>{t('light:unit.day')}</span>
      </p>
      <p className="rule-line">
        <span />
        <span>{t('light:term.wanted')}</span>
        <NumberInput
          label={t('light:term.wanted')}
          value={evidence.wanted}
          max={4}
          onValue={(wanted) => set({ evidence: { ...evidence, wanted } })}
        />
        <span>{t('light:unit.kind')}</span>
      </p>
    </>
  )
}
