import { useQuery } from '@tanstack/react-query'
import type { Category } from 'api/project/contract'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../session/me.ts'
import { plansOf } from './queries.ts'

const PlanDialog = lazy(() => import('./plan-dialog.tsx'))

interface PlanSectionProps {
  project: number
  category: Category
}

/** Where a project's plan stands, and the way to it: making it, looking at it, deciding on it. */
export function PlanSection({ project, category }: PlanSectionProps) {
  const { t } = useTranslation(['milestone'])
  const may = useMay()
  const [isOpen, setOpen] = useState(false)
  const plans = useQuery(plansOf(project)).data?.rows
  if (!plans) return null
  const plan = plans.find(({ state }) => state !== 'dropped') ?? null
  const state = plan?.state ?? 'none'
  if (!plan && !may('milestone:write')) return null
  return (
    <p className="plan-line" data-record="milestone">
      <span>
        {t(`milestone:plan.state.${state}`, { name: plan?.approver ?? plan?.proposer ?? '' })}
      </span>
      <button type="button" className="link-button" onClick={() => setOpen(true)}>
        {t(plan ? 'milestone:plan.open' : 'milestone:plan.begin')}
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <PlanDialog
            project={project}
            category={category}
            plan={plan}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </p>
  )
}
