import type { Decision, Revision } from 'api/milestone/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useMe } from '../session/me.ts'
import { api, parseResponse } from '../shell/api.ts'
import { useSave } from '../shell/save.ts'
import { dateAs, instantText } from '../ui/date.ts'
import { DecisionForm } from './decision-form.tsx'
import './revision-card.css'

interface RevisionCardProps {
  revision: Revision
  editable: boolean
}

/** A proposed date beside the one that holds, with cause and names; who may, decides on it here. */
export function RevisionCard({ revision, editable }: RevisionCardProps) {
  const { t, i18n } = useTranslation(['milestone'])
  const viewer = useMe()?.id ?? null
  const may = useMay()
  const { state, fromDate, fromPrecision, toDate, originalDate } = revision
  const isOwn = viewer !== null && revision.proposerId === viewer
  const canDecide = editable && state === 'proposed' && may('milestone:approve')
  return (
    <section
      data-record="milestone"
      className={`revision revision-${state}`}
      aria-label={t('milestone:revision.title')}
    >
      <p className="revision-head">
        <strong>{t(`milestone:revision.${state}`)}</strong>
        <span>
          {revision.proposer} · {instantText(revision.proposedAt)}
        </span>
      </p>
      <dl className="revision-dates">
        <div>
          <dt>{t('milestone:revision.from')}</dt>
          <dd>{dateAs(fromDate, fromPrecision, i18n.language)}</dd>
        </div>
        <div>
          <dt>{t('milestone:revision.to')}</dt>
          <dd>{toDate}</dd>
        </div>
        <div>
          <dt>{t('milestone:revision.moves')}</dt>
          <dd>
            {t(revision.days > 0 ? 'milestone:revision.later' : 'milestone:revision.earlier', {
              count: Math.abs(revision.days),
              working: Math.abs(revision.workingDays),
            })}
          </dd>
        </div>
      </dl>
      <p>
        <strong>{revision.cause}</strong> {revision.text}
      </p>
      {originalDate !== null && revision.slipDays !== null && state === 'proposed' && (
        <p className="revision-quiet">
          {t('milestone:revision.against', { count: revision.slipDays, date: originalDate })}
        </p>
      )}
      {revision.note && (
        <p className="revision-note">
          {t('milestone:revision.note', { name: revision.approver ?? '', note: revision.note })}
        </p>
      )}
      {canDecide && isOwn && <p className="revision-quiet">{t('milestone:revision.own')}</p>}
      {canDecide && !isOwn && <Decide revision={revision} />}
    </section>
  )
}

function Decide({ revision }: { revision: Revision }) {
  const { t } = useTranslation(['milestone'])
  const [isRefusing, setRefusing] = useState(false)
  const save = useSave(
    revision.projectId,
    ['note'],
    (json: Decision) =>
      parseResponse(
        api.milestone.revision[':id'].decision.$post({ param: { id: String(revision.id) }, json }),
      ),
    () => setRefusing(false),
  )
  return (
    <DecisionForm
      save={save}
      name={t('milestone:revision.of', {
        project: revision.projectName,
        name: revision.milestoneName,
      })}
      isRefusing={isRefusing}
      setRefusing={setRefusing}
    />
  )
}
