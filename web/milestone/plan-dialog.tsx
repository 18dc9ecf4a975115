import type { MilestonePlan, PlanDecision } from 'api/milestone/plan/contract'
import type { Category } from 'api/project/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useMe } from '../session/me.ts'
import { api, parseResponse } from '../shell/api.ts'
import { useSave } from '../shell/save.ts'
import { instantText } from '../ui/date.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DecisionForm } from './decision-form.tsx'
import { PlanEditor } from './plan-editor.tsx'
import { PlanStart } from './plan-start.tsx'
import { PlanTable } from './plan-table.tsx'
import './plan-dialog.css'

interface PlanDialogProps {
  project: number
  category: Category
  /** The newest; null where there is none. */
  plan: MilestonePlan | null
  onClose: () => void
}

/** The plan of a project over the page: begun from a template, adjusted, handed in, decided on. */
export default function PlanDialog({ project, category, plan, onClose }: PlanDialogProps) {
  const { t } = useTranslation(['milestone', 'panel'])
  const may = useMay()
  const [isNew, setNew] = useState(plan === null)
  const canWrite = may('milestone:write')
  return (
    <Dialog title={t('milestone:plan.title')} closeWord={t('panel:close')} onClose={onClose}>
      {plan === null || isNew ? (
        <PlanStart project={project} category={category} onDone={() => setNew(false)} />
      ) : (
        <div className="plan">
          <PlanHead plan={plan} />
          {canWrite && (plan.state === 'draft' || plan.state === 'refused') ? (
            <PlanEditor key={plan.edition} plan={plan} />
          ) : (
            <PlanTable plan={plan} />
          )}
          {plan.state === 'submitted' && <Decide plan={plan} />}
          {canWrite && plan.state !== 'submitted' && (
            <button type="button" className="link-button" onClick={() => setNew(true)}>
              {t('milestone:plan.anew')}
            </button>
          )}
        </div>
      )}
    </Dialog>
  )
}

function PlanHead({ plan }: { plan: MilestonePlan }) {
  const { t } = useTranslation(['milestone'])
  return (
    <>
      <p className="plan-head">
        <strong>{plan.projectName}</strong>
        <span>
          {t('milestone:plan.from', {
            template: plan.templateName,
            version: plan.templateVersion,
            date: plan.startOn,
          })}
        </span>
        <span>
          {plan.proposer} · {instantText(plan.submittedAt ?? plan.proposedAt)}
        </span>
      </p>
      {plan.note && (
        <p className="plan-note">
          {t('milestone:revision.note', { name: plan.approver ?? '', note: plan.note })}
        </p>
      )}
    </>
  )
}

function Decide({ plan }: { plan: MilestonePlan }) {
  const { t } = useTranslation(['milestone'])
  const viewer = useMe()?.id ?? null
  const may = useMay()
  const [isRefusing, setRefusing] = useState(false)
  const save = useSave(
    plan.projectId,
    ['note'],
    (json: Omit<PlanDecision, 'seen'>) =>
      parseResponse(
        api.milestone.plan[':id'].decision.$post({
          param: { id: String(plan.id) },
          json: { ...json, seen: plan.edition },
        }),
      ),
    () => setRefusing(false),
  )
  if (!may('milestone:approve')) return <p className="plan-quiet">{t('milestone:plan.waits')}</p>
  if (viewer !== null && viewer === plan.proposerId)
    return <p className="plan-quiet">{t('milestone:revision.own')}</p>
  return (
    <>
      <p className="plan-quiet">{t('milestone:plan.becomes')}</p>
      <DecisionForm
        save={save}
        name={plan.projectName}
        isRefusing={isRefusing}
        setRefusing={setRefusing}
      />
    </>
  )
}
