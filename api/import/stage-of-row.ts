/*
 * The stage column of a project row: the milestone that it names with its date, and a note wherever
 * what is stored is less than, or other than, the words.
 */
import type { MilestoneKind } from '../milestone/contract.ts'
import { MILESTONE_NAME } from './choice.ts'
import type { PeriodDate } from './dates.ts'
import { type Draft, flag, periodOf, textOf } from './draft.ts'
import { readStage, type SideState } from './stage.ts'

const SIDE_NAME: Record<SideState, string> = {
  suspended: '暂停',
  removed: '调出',
  terminated: '终止',
}

/** What the stage column says has happened, and when; what it cannot say is noted. */
export function stageOf(draft: Draft): { kind: MilestoneKind; date: PeriodDate } | null {
  const [text, date] = [textOf(draft, 'stage'), periodOf(draft, 'stageDate')]
  if (text === undefined) return null
  const fact = readStage(text)
  if ('sideState' in fact) {
    if (fact.inexact) noteRead(draft, text, SIDE_NAME[fact.sideState])
    return null
  }
  if ('none' in fact) {
    noteNone(draft, text, fact.none)
    return null
  }
  const name = MILESTONE_NAME[fact.milestone]
  if (date) {
    if (fact.inexact) noteRead(draft, text, `${name}节点`)
    return { kind: fact.milestone, date }
  }
  const implied = fact.milestone === 'start' ? 'actualStart' : 'actualFinish'
  if (periodOf(draft, implied)) return null
  const message = `阶段“${text}”没有日期，未登记${name}节点：请加“阶段日期”列`
  flag(draft, 'note', 'STAGE_WITHOUT_DATE', 'stage', text, message)
  return null
}

function noteRead(draft: Draft, text: string, as: string): void {
  const message = `阶段“${text}”登记为${as}：不对请改写后重新导入`
  flag(draft, 'note', 'STAGE_READ', 'stage', text, message)
}

function noteNone(draft: Draft, text: string, none: 'not-yet' | 'open' | 'unknown'): void {
  if (none === 'not-yet') return
  const message =
    none === 'open'
      ? `阶段“${text}”说的是计划、手续、否定或一部分，未登记任何节点和状态：已经发生的请写签约、开工、施工、封顶、竣工、投产或暂停`
      : `阶段“${text}”看不出是哪个节点，未登记：请填写签约、前期、开工、施工、封顶、竣工、投产等`
  flag(draft, 'note', none === 'open' ? 'STAGE_OPEN' : 'STAGE_UNKNOWN', 'stage', text, message)
}
