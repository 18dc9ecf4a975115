import type { HandoverStep } from '../account/handover-step.ts'

/**
 * Open orders that a person has sent, and open parts of orders. A part of an order in which the other
 * has a part already stays for the sender to recall: nobody holds one order twice.
 */
export const dispatchHandover: HandoverStep = {
  noun: 'dispatch',
  name: '在办调度单',
  async move(tx, { from, to }) {
    const sent = await tx`
      update dispatch set sender_id = ${to} where sender_id = ${from} and ended_at is null`
    const parts = await tx`
      update dispatch_task t set person_id = ${to}
       where person_id = ${from} and ended_at is null
         and not exists (select from dispatch_task o
                          where o.dispatch_id = t.dispatch_id and o.person_id = ${to})`
    return sent.count + parts.count
  },
}
