import { accountExplanations } from '../account/explanation.ts'
import { agendaExplanations } from '../agenda/explanation.ts'
import { auditExplanations } from '../audit/explanation.ts'
import { bodyExplanations } from '../body/explanation.ts'
import { comparisonExplanations } from '../comparison/explanation.ts'
import { dispatchExplanations } from '../dispatch/explanation.ts'
import { forecastExplanations } from '../forecast/explanation.ts'
import { holderExplanations } from '../holder/explanation.ts'
import { hotspotExplanations } from '../hotspot/explanation.ts'
import { inboxExplanations } from '../inbox/explanation.ts'
import { investmentExplanations } from '../investment/explanation.ts'
import { issueExplanations } from '../issue/explanation.ts'
import { lightExplanations } from '../light/explanation.ts'
import { milestoneExplanations } from '../milestone/explanation.ts'
import { noticeExplanations } from '../notice/explanation.ts'
import { projectExplanations } from '../project/explanation.ts'
import { partExplanations } from '../project/part-explanation.ts'
import { reportExplanations } from '../report/explanation.ts'
import type { Explain, Explanations } from '../shell/explanation.ts'
import { wallExplanations } from '../wall/explanation.ts'

/** Every figure of every screen, by `<noun>.<name>`: a noun explains its own in `<noun>/explanation.ts`. */
export const explanations = {
  ...agendaExplanations,
  ...accountExplanations,
  ...auditExplanations,
  ...bodyExplanations,
  ...comparisonExplanations,
  ...dispatchExplanations,
  ...holderExplanations,
  ...inboxExplanations,
  ...investmentExplanations,
  ...issueExplanations,
  ...hotspotExplanations,
  ...forecastExplanations,
  ...lightExplanations,
  ...milestoneExplanations,
  ...noticeExplanations,
  ...partExplanations,
  ...projectExplanations,
  ...reportExplanations,
  ...wallExplanations,
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
