import { useTranslation } from 'react-i18next'
import { wan } from '../ui/number.ts'
import type { PlaceNames } from './project-row.tsx'

const wordsOf: Record<string, string> = {
  category: 'project:category',
  positionQuality: 'project:positionQuality',
  provenance: 'project:provenance',
  sideState: 'project:stage',
  status: 'panel:status',
}

/** Words for the fields and values of a change; what has no word of its own is shown as stored. */
export function useChangeText(places: PlaceNames): {
  field: (name: string) => string
  value: (field: string, value: unknown) => string
} {
  const { t, i18n } = useTranslation(['panel', 'project'])
  const worded = (key: string, other: string) => (i18n.exists(key) ? String(t(key)) : other)
  return {
    field: (name) => worded(`panel:field.${name}`, name),
    value: (field, value) => {
      if (value === null || value === undefined || value === '') return '—'
      if (field === 'unitId') return places.unit.get(Number(value)) ?? String(value)
      if (field === 'parkId') return places.park.get(Number(value)) ?? String(value)
      if (typeof value === 'boolean') return t(value ? 'panel:yes' : 'panel:no')
      if (isPoint(value)) return value.coordinates.map((degrees) => degrees.toFixed(5)).join(', ')
      if (field.endsWith('Wan') && typeof value === 'number') return wan(value)
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
      if (field === 'kind') return worded(`project:kind.${text}`, text)
      if (field.endsWith('Precision')) return worded(`panel:precision.${text}`, text)
      const words = wordsOf[field]
      return words ? worded(`${words}.${text}`, text) : text
    },
  }
}

const isPoint = (value: unknown): value is { coordinates: number[] } =>
  typeof value === 'object' &&
  value !== null &&
  Array.isArray((value as { coordinates?: unknown }).coordinates)
