import type { View } from '../db/as-of.ts'
import type { Transaction } from '../db/sql.ts'
import { ApiFailure, notFound } from '../http/failure.ts'
import { readRule } from '../light/rule/book.ts'
import { idText } from '../person/viewer.ts'
import type { Project } from '../project/contract.ts'
import { readFacts } from '../project/facts.ts'
import { projectOf } from '../project/list.ts'
import type { NamedOwner, Owner, Proposal, Selection } from './contract.ts'
import { ownerKey, readPeople } from './owner.ts'
import { checkArea, checkIssues } from './send.ts'
import { dueDays, readDispatchRule } from './setting.ts'

/** Most projects of one order: those of a whole city's list. */
const mostProjects = 1000

/**
 * What an order about a selection would say, and to whom: of each project the park where somebody
 * answers for it, else the unit, and the department that leads it; one task for each of these.
 * @throws ApiFailure 404 `PROJECT_NOT_FOUND`, `ISSUE_NOT_FOUND`; 422 `AREA_INVALID`,
 * `SELECTION_EMPTY`, `SELECTION_LARGE`.
 */
export async function proposeDispatch(
  tx: Transaction,
  selection: Selection,
  view: View,
): Promise<Proposal> {
  const ids = await selected(tx, selection)
  const rule = await readRule(tx, view)
  const facts = await readFacts(tx, view, ids)
  const projects = facts.map((fact) => projectOf(fact, view, rule))
  const counted = countedIn(projects)
  const dueOn = dueDays(await readDispatchRule(tx), view.date)
  return {
    title: titleOf(projects),
    demand: '请核实有关情况，逐项说明滞后原因、整改措施、责任人和完成时限，按期反馈办理结果。',
    dueOn,
    projects: projects.map((project) => ({
      id: project.id,
      code: project.code,
      name: project.name,
      unitId: project.unitId,
      parkId: project.parkId,
      light: project.light.state,
      isCounted: counted.has(project.id),
      totalWan: project.totalWan,
      annualWan: project.annualWan,
      doneWan: project.doneWan,
    })),
    totals: totalsOf(projects, counted),
    tasks: await proposeTasks(tx, projects, view.date),
  }
}

async function selected(tx: Transaction, selection: Selection): Promise<number[]> {
  const { projectIds, issueIds, area } = selection
  const ids = new Set(projectIds)
  const known = await tx<{ id: number }[]>`
    select id from project where id = any(${idText([...ids])}::bigint[])`
  const missing = projectIds.find((id) => !known.some((row) => row.id === id))
  if (missing !== undefined) throw notFound('project', '项目', missing)
  await checkIssues(tx, issueIds)
  const ofIssues = await tx<{ id: number }[]>`
    select distinct i.project_id as id from issue i join project p on p.id = i.project_id
     where i.id = any(${idText(issueIds)}::bigint[])`
  for (const { id } of ofIssues) ids.add(id)
  if (area) {
    checkArea(area)
    const within = await tx<{ id: number }[]>`
      select project_in_area(st_setsrid(st_geomfromgeojson(${JSON.stringify(area)}::text), 4326)) as id`
    for (const { id } of within) ids.add(id)
  }
  if (ids.size === 0 && issueIds.length === 0) {
    throw new ApiFailure(422, 'SELECTION_EMPTY', '圈选的区域内没有项目，请另选一片')
  }
  if (ids.size > mostProjects) {
    const message = `一张调度单最多 ${mostProjects} 个项目，现选了 ${ids.size} 个，请缩小范围`
    throw new ApiFailure(422, 'SELECTION_LARGE', message)
  }
  return [...ids].sort((a, b) => a - b)
}

function titleOf([first, ...others]: readonly Project[]): string {
  if (!first) return '关于推动解决有关问题的调度'
  const name = [...first.name].slice(0, 60).join('')
  return others.length === 0
    ? `关于加快推进${name}的调度`
    : `关于加快推进${name}等 ${others.length + 1} 个项目的调度`
}

/** A child beside its parent is part of it, and would count twice. */
function countedIn(projects: readonly Project[]): ReadonlySet<number> {
  const ids = new Set(projects.map(({ id }) => id))
  const counted = projects.filter(({ parentId }) => parentId === null || !ids.has(parentId))
  return new Set(counted.map(({ id }) => id))
}

function totalsOf(projects: readonly Project[], counted: ReadonlySet<number>): Proposal['totals'] {
  const sum = (amount: (project: Project) => number | null) =>
    Math.round(
      projects.reduce(
        (all, project) => all + (counted.has(project.id) ? (amount(project) ?? 0) : 0),
        0,
      ) * 100,
    ) / 100
  return {
    projects: projects.length,
    totalWan: sum((project) => project.totalWan),
    annualWan: sum((project) => project.annualWan),
    doneWan: sum((project) => project.doneWan),
  }
}

interface Place {
  id: number
  unitName: string
  parkName: string | null
  departmentId: number | null
  departmentName: string | null
}

async function proposeTasks(
  tx: Transaction,
  projects: readonly Project[],
  date: string,
): Promise<Proposal['tasks']> {
  const places = await tx<Place[]>`
    select p.id, u.name as unit_name, k.name as park_name, d.id as department_id, d.name as department_name
      from project p join unit u on u.id = p.unit_id
      left join park k on k.id = p.park_id left join department d on d.name = p.lead_department
     where p.id = any(${idText(projects.map(({ id }) => id))}::bigint[])`
  const placeOf = new Map(places.map((place) => [place.id, place]))
  const people = await readPeople(tx, date)
  const tasks = new Map<string, Proposal['tasks'][number]>()
  for (const project of projects) {
    const place = placeOf.get(project.id)
    if (!place) continue
    for (const { name, ...owner } of ownersOf(project, place, people)) {
      const key = ownerKey(owner)
      const task = tasks.get(key) ?? {
        owner: { ...owner, name, people: people.get(key) ?? [] },
        projectIds: [],
      }
      task.projectIds.push(project.id)
      tasks.set(key, task)
    }
  }
  return [...tasks.values()]
}

function ownersOf(
  { unitId, parkId }: Project,
  place: Place,
  people: ReadonlyMap<string, NamedOwner['people']>,
): (Owner & { name: string })[] {
  const { unitName, parkName, departmentId, departmentName } = place
  const owners: (Owner & { name: string })[] = []
  if (parkId !== null && parkName !== null && people.has(`park-${parkId}`)) {
    owners.push({ kind: 'park', id: parkId, name: parkName })
  } else {
    owners.push({ kind: 'unit', id: unitId, name: unitName })
  }
  if (departmentId !== null && departmentName !== null) {
    owners.push({ kind: 'department', id: departmentId, name: departmentName })
  }
  return owners
}
