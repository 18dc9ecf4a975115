import { agendaExplanations } from '../agenda/explanation.ts'
import { forecastExplanations } from '../forecast/explanation.ts'
import { hotspotExplanations } from '../hotspot/explanation.ts'
import { lightExplanations } from '../light/explanation.ts'
import { projectExplanations } from '../project/explanation.ts'
import type { Explain, Explanations } from '../shell/explanation.ts'

/** Every figure of every screen, by `<noun>.<name>`: a noun explains its own in `<noun>/explanation.ts`. */
export const explanations = {
  ...agendaExplanations,
  ...hotspotExplanations,
  ...forecastExplanations,
  ...lightExplanations,
  ...projectExplanations,
} satisfies Explanations

/** What a <Figure> may be called: a figure without an explanation does not compile. */
export type FigureName = keyof typeof explanations

/** The explanation of a key of the URL (`light.found~red`) and what it is of; null: unknown. */
export function findExplanation(
  key: string,
): { name: string; of: string[]; explain: Explain } | null {
  const [name = '', ...of] = key.split('~')
  const explain = Object.hasOwn(explanations, name) ? explanations[name as FigureName] : undefined
  return explain ? { name, of, explain } : null
}
