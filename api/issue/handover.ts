import type { HandoverStep } from '../account/handover-step.ts'

/** Open issues that a person has to settle, or has raised and will have to confirm. */
export const issueHandover: HandoverStep = {
  noun: 'issue',
  name: '在办问题',
  async move(tx, { from, to }) {
    const { count } = await tx`
      update issue set
        lead_person_id = case when lead_person_id = ${from} then ${to} else lead_person_id end,
        raiser_id = case when raiser_id = ${from} then ${to} else raiser_id end,
        version = version + 1
       where holder <> 'none' and (lead_person_id = ${from} or raiser_id = ${from})`
    return count
  },
}
