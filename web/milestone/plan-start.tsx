import { useQuery } from '@tanstack/react-query'
import type { PlanInput } from 'api/milestone/plan/contract'
import type { Category } from 'api/project/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, parseResponse } from '../shell/api.ts'
import { useFormFocus } from '../shell/form-focus.ts'
import { FormFailure } from '../shell/form-parts.tsx'
import { useSave } from '../shell/save.ts'
import { FormField } from '../ui/form-field.tsx'
import { TextField } from '../ui/text-field.tsx'
import { uuid } from '../ui/uuid.ts'
import { templates } from './queries.ts'

interface PlanStartProps {
  project: number
  category: Category
  onDone: () => void
}

/** Chooses the lifecycle and the day it begins; the network proposes all days from these. */
export function PlanStart({ project, category, onDone }: PlanStartProps) {
  const { t } = useTranslation(['milestone', 'panel'])
  const [key] = useState(uuid)
  const [chosen, setChosen] = useState<string | null>(null)
  const [startOn, setStartOn] = useState('')
  const known = useQuery(templates).data?.rows ?? []
  const own = known.find((one) => one.category === category) ?? known[0]
  const template = chosen ?? own?.code ?? ''
  const save = useSave(
    project,
    ['template', 'startOn'],
    (json: PlanInput) => parseResponse(api.milestone.plan.$post({ json })),
    onDone,
  )
  const form = useFormFocus()
  return (
    <form
      ref={form}
      className="form"
      noValidate
      onSubmit={(event) =>
        save.submit(event, () => ({ key, projectId: project, template, startOn }))
      }
    >
      <FormField
        label={t('milestone:plan.template')}
        error={save.of('template')}
        hint={t('milestone:plan.templateHint')}
      >
        {(ids) => (
          <select
            {...ids}
            className="form-input"
            name="template"
            required
            value={template}
            onChange={(event) => setChosen(event.target.value)}
          >
            {known.map(({ code, name, version }) => (
              <option key={code} value={code}>
                {name} v{version}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <TextField
        name="startOn"
        type="date"
        required
        label={t('milestone:plan.startOn')}
        hint={t('milestone:plan.startHint')}
        error={save.of('startOn')}
        value={startOn}
        onText={setStartOn}
      />
      <FormFailure failure={save.failure} />
      <div className="form-actions">
        <button type="submit" className="button button-primary" disabled={save.isPending}>
          {t('milestone:plan.make')}
        </button>
      </div>
    </form>
  )
}
