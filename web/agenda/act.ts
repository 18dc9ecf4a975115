import type { AgendaAct, Reminded } from 'api/agenda/contract'
import { api, parseResponse } from '../shell/api.ts'

/**
 * Does what settles a decision, by the route of its own noun; `key` makes a repeat the same act.
 * Answers with whom it told, where it tells people; null otherwise.
 */
export async function perform(act: AgendaAct, key: string): Promise<Reminded | null> {
  const param = { id: 'id' in act ? String(act.id) : '' }
  switch (act.do) {
    case 'open':
      return null
    case 'task': {
      const json = { key, action: act.action, seen: act.seen }
      await parseResponse(api.dispatch.task[':id'].step.$post({ param, json }))
      return null
    }
    case 'report': {
      const json = { key: act.key, decision: 'verified' as const }
      await parseResponse(api.report[':id'].review.$post({ param, json }))
      return null
    }
    case 'plan': {
      const json = { seen: act.seen, decision: 'approved' as const }
      await parseResponse(api.milestone.plan[':id'].decision.$post({ param, json }))
      return null
    }
    case 'revision': {
      const json = { decision: 'approved' as const }
      await parseResponse(api.milestone.revision[':id'].decision.$post({ param, json }))
      return null
    }
    case 'issue': {
      const json = { key, action: act.action, version: act.version }
      await parseResponse(api.issue[':id'].step.$post({ param, json }))
      return null
    }
    case 'remind': {
      const json = { noun: act.noun, id: act.id }
      return parseResponse(api.agenda.reminder.$post({ json }))
    }
  }
}
