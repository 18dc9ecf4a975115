import type { ProjectDetail } from 'api/project/contract'
import { useTranslation } from 'react-i18next'
import { phoneLink } from '../ui/phone.ts'
import { PanelSection } from './panel-section.tsx'

const people = ['ownerEnterprise', 'leadDepartment', 'contactLeader', 'serviceOfficer'] as const

/** Who answers for the project, and the number to call. */
export function ProjectPeople({ detail }: { detail: ProjectDetail }) {
  const { t } = useTranslation(['panel'])
  const { servicePhone } = detail
  const known = people.filter((field) => detail[field] !== null)
  return (
    <PanelSection title={t('panel:people')}>
      {known.length === 0 && servicePhone === null && (
        <p className="panel-none">{t('panel:peopleNone')}</p>
      )}
      <dl className="panel-facts" data-record="project">
        {known.map((field) => (
          <div key={field}>
            <dt>{t(`panel:field.${field}`)}</dt>
            <dd>{detail[field]}</dd>
          </div>
        ))}
        {servicePhone !== null && (
          <div>
            <dt>{t('panel:field.servicePhone')}</dt>
            <dd>
              <a className="figure" href={phoneLink(servicePhone)}>
                {servicePhone}
              </a>
            </dd>
          </div>
        )}
      </dl>
    </PanelSection>
  )
}
