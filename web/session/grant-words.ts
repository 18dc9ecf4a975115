import { useQuery } from '@tanstack/react-query'
import type { RoleGrant } from 'api/person/contract'
import { useTranslation } from 'react-i18next'
import { departmentList } from '../department/queries.ts'
import { parkList } from '../park/queries.ts'
import { unitList } from '../unit/queries.ts'

type Reach = Pick<RoleGrant, 'scope' | 'unitId' | 'parkId' | 'departmentId'>

/** How a grant is said: the role, and where it holds (全市, 石峰区, 本人负责的项目). */
export function useGrantWords(grants: readonly Reach[]) {
  const { t } = useTranslation(['session'])
  const has = (scope: RoleGrant['scope']) => grants.some((grant) => grant.scope === scope)
  const units = useQuery({ ...unitList, enabled: has('unit') }).data?.rows
  const parks = useQuery({ ...parkList, enabled: has('park') }).data?.rows
  const departments = useQuery({ ...departmentList, enabled: has('department') }).data?.rows
  const nameOf = (rows: readonly { id: number; name: string }[] | undefined, id: number | null) =>
    rows?.find((row) => row.id === id)?.name ?? `#${id}`
  return {
    role: (role: RoleGrant['role']) => t(`session:role.${role}`),
    scope: ({ scope, unitId, parkId, departmentId }: Reach) => {
      if (scope === 'unit') return nameOf(units, unitId)
      if (scope === 'park') return nameOf(parks, parkId)
      if (scope === 'department') return nameOf(departments, departmentId)
      return t(`session:scope.${scope}`)
    },
  }
}
