import type { TFunction } from 'i18next'

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/**
 * What the browser finds wrong in a form, by the names of its controls and in the page's language.
 * Forms are `noValidate`: the browser's own bubbles speak its language, and vanish.
 */
export function formFaults(form: HTMLFormElement, t: TFunction): Record<string, string> {
  const controls = [...form.elements].filter((one): one is Control => 'validity' in one)
  return Object.fromEntries(
    controls
      .filter(({ name, validity }) => name !== '' && !validity.valid)
      .map((control) => [control.name, sentence(control, t)]),
  )
}

/** The first control that is at fault, in the order of the form. */
export const firstFault = (form: HTMLFormElement): HTMLElement | undefined =>
  [...form.elements].find(
    (one): one is Control => 'validity' in one && !(one as Control).validity.valid,
  )

function sentence(control: Control, t: TFunction): string {
  const { validity } = control
  const { min, max } = control as HTMLInputElement
  if (validity.badInput) return t('shell:fault.number')
  if (validity.valueMissing) return t('shell:fault.missing')
  if (validity.rangeUnderflow) return t('shell:fault.least', { limit: min })
  if (validity.rangeOverflow) return t('shell:fault.most', { limit: max })
  if (validity.stepMismatch) return t('shell:fault.decimals')
  return t('shell:fault.form')
}
