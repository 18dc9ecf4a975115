import { useTranslation } from 'react-i18next'

export interface Place {
  id: number
  name: string
}

interface BreadcrumbProps {
  city: string
  unit: Place | null
  park: Place | null
  project: Place | null
  onCity: () => void
  onUnit: (id: number) => void
  onPark: (unit: number, park: number) => void
}

/** Where the desk stands: city, unit, park, project. Each step but the last leads back. */
export function Breadcrumb(props: BreadcrumbProps) {
  const { t } = useTranslation(['desk'])
  const { unit, park, project } = props
  const steps: { key: string; name: string; go: () => void }[] = [
    { key: 'city', name: props.city, go: props.onCity },
  ]
  if (unit) steps.push({ key: 'unit', name: unit.name, go: () => props.onUnit(unit.id) })
  if (unit && park)
    steps.push({ key: 'park', name: park.name, go: () => props.onPark(unit.id, park.id) })
  if (project) steps.push({ key: 'project', name: project.name, go: () => {} })
  return (
    <nav className="breadcrumb" aria-label={t('desk:breadcrumb')}>
      <ol>
        {steps.map((step, index) => (
          <li key={step.key}>
            {index < steps.length - 1 ? (
              <button type="button" onClick={step.go}>
                {step.name}
              </button>
            ) : (
              <span aria-current="location">{step.name}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
