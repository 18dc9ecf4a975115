import type { LightForm } from 'api/light/contract'
import { useTranslation } from 'react-i18next'
import type { ShownPart } from '../project/table.ts'
import './light-choice.css'

const parts: readonly ShownPart[] = ['overall', 'start', 'progress', 'payment', 'statistics']
const forms: readonly LightForm[] = ['revised', 'original']

interface Shown {
  part: ShownPart
  form: LightForm
}

/** Which light is shown everywhere, and against which form of the plan. */
export function LightChoice({ part, form, onShow }: Shown & { onShow: (shown: Shown) => void }) {
  const { t } = useTranslation(['light'])
  return (
    <span className="light-choice">
      <select
        aria-label={t('light:choice.part')}
        value={part}
        onChange={({ target }) => onShow({ part: target.value as ShownPart, form })}
      >
        {parts.map((one) => (
          <option key={one} value={one}>
            {t(`light:part.${one}`)}
          </option>
        ))}
      </select>
      <FormChoice form={form} onForm={(next) => onShow({ part, form: next })} />
    </span>
  )
}

/** The approved plan, or the one that was promised first. */
export function FormChoice(props: { form: LightForm; onForm: (form: LightForm) => void }) {
  const { t } = useTranslation(['light'])
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand within a line
    <span role="group" aria-label={t('light:choice.form')} className="form-choice">
      {forms.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={props.form === one}
          onClick={() => props.onForm(one)}
        >
          {t(`light:form.${one}`)}
        </button>
      ))}
    </span>
  )
}
