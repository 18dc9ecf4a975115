import type { Viewer } from '../person/viewer.ts'
import type { Doer, IssueFacts, Party } from './rules.ts'

/** What of an issue decides who is who in it. Its place is the project's, else its own. */
export interface Concerned
  extends Pick<IssueFacts, 'leadDepartmentId' | 'leadUnitId' | 'leadPersonId'> {
  placeUnitId: number | null
  placeParkId: number | null
  raiserId: number | null
  /** Set when somebody outside raised it; raiserId then is who wrote it down. */
  raiserName: string | null
}

/** The courts in which somebody sits, by the roles of today. */
export interface Courts {
  /** Null: a program of this machine. */
  personId: number | null
  /** Dispatcher of the whole city; of these units and parks otherwise. */
  isCityManager: boolean
  managedUnits: number[]
  managedParks: number[]
  departments: number[]
  units: number[]
}

export function courtsOf({ id, grants }: Pick<Viewer, 'id' | 'grants'>): Courts {
  const managing = grants.filter(({ role }) => role === 'dispatcher')
  return {
    personId: id,
    isCityManager: managing.some(({ scope }) => scope === 'city'),
    managedUnits: managing.flatMap(({ unitId }) => unitId ?? []),
    managedParks: managing.flatMap(({ parkId }) => parkId ?? []),
    departments: grants.flatMap(({ departmentId }) => departmentId ?? []),
    units: grants.flatMap((grant) => (grant.role === 'unit_manager' ? (grant.unitId ?? []) : [])),
  }
}

/**
 * As whom somebody may act on an issue. What somebody outside says of it is written down by the one
 * who took it in, or by the dispatch office.
 */
export function doerOf(courts: Courts, issue: Concerned): Doer {
  const isOf = (ids: readonly number[], id: number | null) => id !== null && ids.includes(id)
  const self = courts.personId === null ? [] : [courts.personId]
  const isManager =
    courts.isCityManager ||
    isOf(courts.managedUnits, issue.placeUnitId) ||
    isOf(courts.managedParks, issue.placeParkId)
  const isLead =
    isOf(courts.departments, issue.leadDepartmentId) ||
    isOf(courts.units, issue.leadUnitId) ||
    isOf(self, issue.leadPersonId)
  const isRaiser = isOf(self, issue.raiserId) || (issue.raiserName !== null && isManager)
  const parties: [Party, boolean][] = [
    ['manager', isManager],
    ['lead', isLead],
    ['raiser', isRaiser],
  ]
  return { id: courts.personId, parties: parties.flatMap(([party, is]) => (is ? [party] : [])) }
}
