import type { Transaction } from '../db/sql.ts'
import { ApiFailure } from '../http/failure.ts'
import { refuseUnseen } from '../http/seen.ts'
import { knownCause } from './cause.ts'
import type { IssueEdit } from './contract.ts'
import { isOpen, mayEdit, stateWords } from './rules.ts'
import type { Stepper } from './step.ts'
import { columnsOf, lockFacts } from './store.ts'

/**
 * Changes the words of an issue: by the dispatch office while it is open, by the one who raised it
 * until it is screened.
 * @throws ApiFailure `ISSUE_NOT_FOUND`, 403 `ISSUE_FORBIDDEN`, 409 `ISSUE_STATE`, `ISSUE_CHANGED`,
 * 422 `CAUSE_UNKNOWN`.
 */
export async function editIssue(
  tx: Transaction,
  id: number,
  edit: IssueEdit,
  by: Pick<Stepper, 'doer'>,
): Promise<void> {
  const { facts, concerned } = await lockFacts(tx, id)
  if (!isOpen(facts.state)) {
    const message = `这个问题${stateWords[facts.state]}，不能再改`
    throw new ApiFailure(409, 'ISSUE_STATE', message)
  }
  if (!mayEdit(facts.state, by.doer(concerned))) {
    throw new ApiFailure(403, 'ISSUE_FORBIDDEN', '甄别前由提出人修改，甄别后由调度办修改')
  }
  const { seen = {}, ...given } = edit
  if (given.cause) given.cause = await knownCause(tx, given.cause)
  const [stored] = await tx<Record<string, unknown>[]>`
    select title, description, enterprise, cause, severity, sensitive from issue where id = ${id}`
  if (!stored) return
  refuseUnseen('issue', seen, given, stored)
  const changed = Object.entries(given).filter(([field, value]) => stored[field] !== value)
  if (changed.length === 0) return
  await tx`update issue set ${tx(columnsOf(Object.fromEntries(changed)))} where id = ${id}`
}
