import type { Role } from './contract.ts'

/** The roles as people call them; the page has words of its own in both languages. */
export const roleWords: Readonly<Record<Role, string>> = {
  leader: '市领导',
  dispatcher: '调度办',
  unit_manager: '县市区',
  park_manager: '园区',
  department: '部门',
  helper: '专员',
  inspector: '巡查',
  auditor: '审计',
  security: '安全管理',
  administrator: '系统管理',
  device: '大屏',
}
