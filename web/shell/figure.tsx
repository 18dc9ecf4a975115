import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FigureName } from '../explain/registry.ts'
import { count, percent, points, wan } from '../ui/number.ts'
import './figure.css'

/** How a number is written: pieces, 万元, a share as percent, percentage points, calendar days. */
export type FigureForm = 'count' | 'wan' | 'percent' | 'points' | 'days'

/** As the page writes a number of this form, without its unit. */
export function figureText(form: FigureForm, value: number | null | undefined): string {
  if (form === 'wan') return wan(value)
  if (form === 'percent') return percent(value)
  if (form === 'points') return points(value)
  return count(value)
}

/** `<noun>.<name>` and what it is of, as the URL holds it: `light.found~red`. */
export const figureKey = (name: string, of: readonly (string | number)[] = []): string =>
  [name, ...of].join('~')

/** The marks of a figure on an element that cannot be a button, as within a drawing: its link opens it. */
export const figureMarks = (
  name: FigureName,
  of: readonly (string | number)[],
  value: number | null,
) => ({ 'data-figure': name, 'data-key': figureKey(name, of), 'data-value': value ?? '' })

interface FigureProps {
  /** `<noun>.<name>` of the registry (explain/registry.ts). */
  name: FigureName
  /** Which of them: a light, a unit's id, a month. */
  of?: readonly (string | number)[]
  /** As it is computed, not rounded: 万元, a share from 0 to 1, points, days. */
  value: number | null
  form?: FigureForm
  className?: string
  style?: React.CSSProperties
  /** In place of the number alone: a sentence around it, or the number in another unit. */
  children?: ReactNode
}

/**
 * A number that the page has worked out, which opens what it is made of. What stands on a screen
 * without being a row's own value is one of these; tests/e2e/explain.spec.ts walks them.
 */
export function Figure({
  name,
  of = [],
  value,
  form = 'count',
  className,
  style,
  children,
}: FigureProps) {
  const { t } = useTranslation(['shell'])
  const navigate = useNavigate()
  const key = figureKey(name, of)
  return (
    <button
      type="button"
      className={`figure figure-open ${className ?? ''}`}
      style={style}
      {...figureMarks(name, of, value)}
      title={t('shell:explain')}
      onClick={() =>
        // Any screen has figures; each keeps the rest of its own state.
        void navigate({
          to: '.',
          search: ((now: object) => ({ ...now, explain: key })) as never,
        })
      }
    >
      {children ?? figureText(form, value)}
    </button>
  )
}
