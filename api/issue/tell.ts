import { chinaDate } from '../clock.ts'
import type { Transaction } from '../db/sql.ts'
import type { NoticeKind } from '../notice/contract.ts'
import { notify } from '../notice/write.ts'
import type { IssueAction, IssueHolder } from './contract.ts'
import { peopleOf } from './people.ts'
import { readCourt } from './store.ts'

/** Whom a step concerns beside the one who takes it, as what, and in which words. */
const told: Partial<Record<IssueAction, [kind: NoticeKind, to: IssueHolder[], words: string]>> = {
  assign: ['issue_assigned', ['lead'], '交办给您'],
  return: ['issue_returned', ['manager'], '被退回'],
  refuse: ['issue_decided', ['raiser'], '不予受理'],
  merge: ['issue_decided', ['raiser'], '并入另一个问题'],
  ask_extension: ['issue_asked', ['manager'], '申请延期'],
  grant_extension: ['issue_decided', ['lead', 'raiser'], '已同意延期'],
  deny_extension: ['issue_decided', ['lead'], '未同意延期'],
  ask_pause: ['issue_asked', ['manager'], '申请暂停计时'],
  grant_pause: ['issue_decided', ['lead', 'raiser'], '已暂停计时'],
  deny_pause: ['issue_decided', ['lead'], '未同意暂停计时'],
  shelve: ['issue_decided', ['lead', 'raiser'], '转为挂账，每月报一次进展'],
  finish: ['issue_done', ['manager'], '已办结，请核实'],
  verify: ['issue_done', ['raiser'], '已核实办结，请评价'],
  reject: ['issue_reopened', ['lead'], '核实未通过'],
  reopen: ['issue_reopened', ['lead', 'manager'], '提出人说还没有解决'],
  escalate: ['issue_escalated', ['lead', 'raiser'], '已提请上级协调'],
}

/** Tells those whom a step concerns, in its transaction. */
export async function tellOfStep(
  tx: Transaction,
  id: number,
  step: { key: string; action: IssueAction; note: string | null; byId: number | null; now: Date },
): Promise<void> {
  const [kind, to, words] = told[step.action] ?? []
  const issue = kind && (await readCourt(tx, id))
  if (!kind || !to || !issue) return
  const people = new Set<number>()
  for (const court of to) {
    for (const one of await peopleOf(tx, court, issue, chinaDate(step.now))) people.add(one)
  }
  if (step.byId !== null) people.delete(step.byId)
  await notify(
    tx,
    [...people].map((personId) => ({
      key: `issue/${id}/step/${step.key}/${personId}`,
      personId,
      kind,
      title: `“${issue.title}”${words}`,
      text: step.note ?? '',
      link: issueLink(id),
      noun: 'issue',
      rowId: id,
    })),
  )
}

/** Where an issue is looked at. */
export const issueLink = (id: number): string => `/desk?open=issue&issue=${id}`
