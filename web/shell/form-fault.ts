import type { TFunction } from 'i18next'

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/**
 * What is wrong in a form, by the names of its controls and in the page's language. Forms are
 * `noValidate`: the browser's own bubbles speak its language, and vanish.
 */
export function formFaults(form: HTMLFormElement, t: TFunction): Record<string, string> {
  return Object.fromEntries(
    controlsOf(form).flatMap((control) => {
      const fault = faultOf(control, t)
      return fault === null || control.name === '' ? [] : [[control.name, fault]]
    }),
  )
}

/** The first control that is at fault, in the order of the form. */
export const firstFault = (form: HTMLFormElement, t: TFunction): HTMLElement | undefined =>
  controlsOf(form).find((control) => faultOf(control, t) !== null)

const controlsOf = (form: HTMLFormElement) =>
  [...form.elements].filter((one): one is Control => 'validity' in one)

function faultOf(control: Control, t: TFunction): string | null {
  const { validity, value } = control
  const { min, max, step } = control as HTMLInputElement
  if (validity.badInput) return t('shell:fault.number')
  if (validity.valueMissing) return t('shell:fault.missing')
  if (validity.rangeUnderflow) return t('shell:fault.least', { limit: min })
  if (validity.rangeOverflow) return t('shell:fault.most', { limit: max })
  // The browser counts steps from the value that was first there, so any number may fit.
  if (step === '0.01' && /\.\d{3}/.test(value)) return t('shell:fault.decimals')
  return validity.valid || validity.stepMismatch ? null : t('shell:fault.form')
}
