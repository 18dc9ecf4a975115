import type { HandoverStep } from '../account/handover-step.ts'

/** Seats in coordinating bodies. */
export const bodyHandover: HandoverStep = {
  noun: 'body',
  name: '协调机构席位',
  async move(tx, { from, to }) {
    const chairs = await tx`update body set chair_id = ${to} where chair_id = ${from}`
    const twice = await tx`
      delete from body_member m where person_id = ${from}
         and exists (select from body_member o where o.body_id = m.body_id and o.person_id = ${to})`
    const seats = await tx`update body_member set person_id = ${to} where person_id = ${from}`
    return chairs.count + twice.count + seats.count
  },
}
