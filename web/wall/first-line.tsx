import { useTranslation } from 'react-i18next'
import { Figure } from '../shell/figure.tsx'
import type { Overview } from './overview.ts'
import { firstLine, partsOf, shareOf, shownLights, worstOf } from './sentence.ts'

/** What a mayor would ask, each of its figures to be opened. */
export function FirstLine(props: { overview: Overview; name: (id: number) => string }) {
  const { t } = useTranslation(['wall'])
  const { overview, name } = props
  const { totals, units } = overview
  const lights = shownLights(overview)
  const worst = units.length > 0 ? worstOf(overview) : null
  const told = lights.red > 0 ? 'red' : 'stale'
  const figures = {
    done: { name: 'project.done', of: [], value: totals.doneWan },
    share: { name: 'project.share', of: [], value: shareOf(totals) },
    lag: { name: 'project.lag', of: [], value: totals.lagPoints },
    red: { name: 'light.listed', of: [told], value: lights[told] },
    most: {
      name: 'light.unit',
      of: [worst?.unitId ?? 0, 'red'],
      value: worst?.lights.red ?? null,
    },
  } as const
  return partsOf(firstLine(t, overview, name)).map(({ text, figure }) =>
    figure === null ? (
      text
    ) : (
      <Figure key={figure} {...figures[figure]}>
        {text}
      </Figure>
    ),
  )
}
