import type { Database } from 'api/db/database'
import { runImport, square } from './import-run.ts'

/** A GeoJSON feature. */
export const feature = (geometry: unknown, properties: object) => ({
  type: 'Feature',
  geometry,
  properties,
})

/** The text of a GeoJSON collection. */
export const collection = (...features: unknown[]): string =>
  JSON.stringify({ type: 'FeatureCollection', features })

/** The map of the units as a file. */
export const UNITS = collection(
  feature(null, { 编码: '430200', 名称: '株洲市', 简称: '株洲', 级别: '市' }),
  feature(square(113.1, 27.8, 0.1), {
    编码: '430202',
    名称: '荷塘区',
    简称: '荷塘',
    上级: '430200',
  }),
  feature(square(113.2, 27.8, 0.1), {
    编码: '430204',
    名称: '石峰区',
    简称: '石峰',
    上级: '430200',
  }),
  feature(null, { 编码: '430290', 名称: '株洲经开区', 上级: '株洲市' }),
)
const PARKS = collection(
  feature(square(113.12, 27.82, 0.02), { 编码: 'JS', 名称: '金山工业园', 填报单位: '荷塘区' }),
)

/** A year's list of three projects as an office keeps it. */
export const LIST = `株洲市2023年重点项目计划表
,,,,,,,,,,,单位：万元
序号,项目编码,项目名称,县市区,园区,类别,总投资（亿元）,2023年计划投资,计划开工时间,实际竣工时间,坐标,备注,幸运数字
1,A1,精密零部件产业园,荷塘区,金山工业园,产业发展,3.5,"12,000",2023年3月,—,"113.13,27.83",一期,7
2,A2,轨道装备园,石峰,,产业,11,35000,5月底,2023.4,"113.25E 27.85N",,8
3,,无编码水库,株洲经开区,,生态环保,0.5,1200万,二季度,,,,9
`

/** Two districts beside each other, a unit without a polygon, and a park, imported as users would. */
export async function loadImportCity(db: Database): Promise<void> {
  await runImport(db, UNITS, { as: 'unit', fileName: '单位.geojson' })
  await runImport(db, PARKS, { as: 'park', fileName: '园区.geojson' })
}
