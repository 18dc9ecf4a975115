import type { HotspotRule } from 'api/hotspot/contract'
import { useTranslation } from 'react-i18next'

/** The rule in a line: “投资进度落后 · 各项目同权 · 固定网格”. */
export function RuleWords({ rule }: { rule: HotspotRule }) {
  const { t } = useTranslation(['hotspot'])
  const { measure, weighted, basis, bandKm } = rule
  return [
    t(`hotspot:measure.${measure}`),
    weighted ? t('hotspot:weighted') : t('hotspot:unweighted'),
    basis === 'cell' ? t('hotspot:basis.cell') : t('hotspot:within', { km: bandKm }),
  ].join(' · ')
}
