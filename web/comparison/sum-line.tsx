import type { Comparison } from 'api/comparison/contract'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Figure } from '../shell/figure.tsx'
import { wan } from '../ui/number.ts'
import { signed } from './value-text.ts'

const kinds = ['light', 'stage', 'milestone', 'report', 'list'] as const
/** What only the desk has room for. */
const detail: ReadonlySet<string> = new Set(['stage', 'milestone', 'report', 'list'])

/**
 * What differs in one line, each number open to its rows: 亮灯变化 3 个，转红 1 个，填报 2 份.
 * @param from, to the two moments as they were asked for; `to` null: now.
 * @param isShort only what is read from afar: lights, money and issues.
 */
export function SumLine(props: {
  comparison: Comparison
  from: string
  to: string | null
  isShort?: boolean
}) {
  const { t } = useTranslation(['comparison'])
  const { totals, lights, opened, closed, doneWan } = props.comparison
  const of = [props.from, props.to ?? 'now']
  const toRed = lights
    .filter(({ after }) => after === 'red')
    .reduce((sum, { projects }) => sum + projects, 0)
  const ofKinds = kinds.map((kind) => {
    const count = totals.find((one) => one.kind === kind)?.rows ?? 0
    return {
      key: kind,
      value: count,
      figure: (
        <Figure name="comparison.rows" of={[...of, kind]} value={count}>
          {t(`comparison:sum.${kind}`, { count })}
        </Figure>
      ),
    }
  })
  const parts = [
    ...ofKinds.slice(0, 1),
    {
      key: 'toRed',
      value: toRed,
      figure: (
        <Figure name="comparison.toRed" of={of} value={toRed}>
          {t('comparison:sum.toRed', { count: toRed })}
        </Figure>
      ),
    },
    ...ofKinds.slice(1),
    {
      key: 'done',
      value: doneWan ?? 0,
      figure: (
        <Figure name="comparison.done" of={of} value={doneWan} form="wan">
          {t('comparison:sum.done', { done: signed(doneWan ?? 0, wan) })}
        </Figure>
      ),
    },
    {
      key: 'opened',
      value: opened,
      figure: (
        <Figure name="comparison.opened" of={of} value={opened}>
          {t('comparison:sum.opened', { count: opened })}
        </Figure>
      ),
    },
    {
      key: 'closed',
      value: closed,
      figure: (
        <Figure name="comparison.closed" of={of} value={closed}>
          {t('comparison:sum.closed', { count: closed })}
        </Figure>
      ),
    },
  ].filter(({ key, value }) => value !== 0 && !(props.isShort && detail.has(key)))
  if (parts.length === 0) return t('comparison:nothing')
  return parts.map(({ key, figure }, index) => (
    <Fragment key={key}>
      {index > 0 && t('comparison:sum.join')}
      {figure}
    </Fragment>
  ))
}
