import { useNavigate, useRouterState } from '@tanstack/react-router'
import type { AccountRow } from '../shell/explanation.ts'
import { PageLink } from '../shell/page-link.tsx'

/** The name of a row, as the way to it: its project on the same screen, or the address that it has. */
export function RowName({ row }: { row: Pick<AccountRow, 'name' | 'note' | 'project' | 'link'> }) {
  const note = row.note && <span className="explain-quiet"> {row.note}</span>
  if (row.link !== undefined) {
    return (
      <>
        <PageLink to={row.link}>{row.name}</PageLink>
        {note}
      </>
    )
  }
  if (row.project === null) {
    return (
      <>
        {row.name}
        {note}
      </>
    )
  }
  return (
    <>
      <ProjectLink id={row.project} name={row.name} />
      {note}
    </>
  )
}

/** Keeps the filter and the day of the screen, and leaves the explanation. */
function ProjectLink({ id, name }: { id: number; name: string }) {
  const navigate = useNavigate()
  const isField = useRouterState({ select: ({ location }) => location.pathname === '/field' })
  const open = () =>
    void navigate({
      to: isField ? '/field' : '/desk',
      search: (({ explain: _, open: __, ...now }: Record<string, string>) => ({
        ...now,
        project: String(id),
      })) as never,
    })
  return (
    <button type="button" className="link-button" onClick={open}>
      {name}
    </button>
  )
}
