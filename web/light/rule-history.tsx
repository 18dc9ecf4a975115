import type { Adoption } from 'api/light/rule/contract'
import { useTranslation } from 'react-i18next'
import { instantText } from '../ui/date.ts'

/** Which rule judged from which day on, by whom and why, the newest first. */
export function RuleHistory({ adoptions }: { adoptions: readonly Adoption[] }) {
  const { t } = useTranslation(['light'])
  return (
    <section>
      <h3>{t('light:history.title')}</h3>
      <ol className="rule-history">
        {[...adoptions].reverse().map((one) => (
          <li key={one.id}>
            {t('light:history.row', {
              from: one.fromOn,
              rule: `${one.name} v${one.version}`,
              person: one.person,
              at: instantText(one.at),
              reason: one.reason,
            })}
          </li>
        ))}
      </ol>
      {adoptions.length === 0 && <p className="rule-quiet">{t('light:history.none')}</p>}
    </section>
  )
}
