/* Generated projects as rows for the importer. */
import type { Entry, Row } from './story.ts'

/** One row for each project of the list that no source names. */
export function projectRows(entries: readonly Entry[]): Row[] {
  return entries.flatMap(({ member, budget }): Row[] => {
    const { generated } = member
    if (!generated) return []
    const [lon, lat] = generated.at
    return [
      {
        code: member.code,
        name: member.name,
        unit: member.unit,
        park: member.park,
        category: member.category,
        industry: generated.industry,
        totalWan: budget.totalWan,
        areaMu: generated.areaMu,
        addressText: generated.address,
        ownerEnterprise: generated.enterprise,
        leadDepartment: generated.department,
        contactLeader: generated.leader,
        serviceOfficer: generated.officer,
        servicePhone: generated.phone,
        lon,
        lat,
        positionQuality: generated.positionQuality,
        provenance: 'synthetic',
        note: '示范数据：由程序生成，不是真实项目',
      },
    ]
  })
}
