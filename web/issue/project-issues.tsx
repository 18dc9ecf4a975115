import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { IssueLine } from './issue-line.tsx'
import { projectIssues } from './queries.ts'

/** A project's issues, open ones first by their clocks. */
export function ProjectIssues(props: {
  project: number
  asOf: string | null
  onOpen: (issue: number) => void
}) {
  const { t } = useTranslation(['issue'])
  const list = useQuery(projectIssues(props.project, props.asOf))
  if (list.error) return <ScreenError error={list.error} reset={() => void list.refetch()} />
  if (!list.data) return <ScreenLoading />
  if (list.data.rows.length === 0) return <p className="panel-none">{t('issue:ofProjectNone')}</p>
  return (
    <ul className="issue-lines">
      {list.data.rows.map((issue) => (
        <li key={issue.id}>
          <button
            type="button"
            className="issue-line"
            data-record="issue"
            onClick={() => props.onOpen(issue.id)}
          >
            <IssueLine issue={issue} place={false} />
          </button>
        </li>
      ))}
    </ul>
  )
}
