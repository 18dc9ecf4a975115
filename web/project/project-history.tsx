import { useQuery } from '@tanstack/react-query'
import type { ProjectHistory as History } from 'api/project/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { instantText } from '../ui/date.ts'
import { useChangeText } from './change-text.ts'
import type { PlaceNames } from './project-row.tsx'
import { projectHistory } from './queries.ts'

const few = 8

interface HistoryProps {
  project: number
  places: PlaceNames
  /** What was changed later than the end of this day is left out; null: nothing is. */
  asOf: string | null
}

/** What was changed, by whom, when and why; asked for only when it is opened. */
export function ProjectHistory(props: HistoryProps) {
  const { t } = useTranslation(['panel'])
  const [open, setOpen] = useState(false)
  return (
    <details className="history" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('panel:history.open')}</summary>
      {open && <Versions {...props} />}
    </details>
  )
}

function Versions({ project, places, asOf }: HistoryProps) {
  const { t } = useTranslation(['panel'])
  const history = useQuery(projectHistory(project))
  const [all, setAll] = useState(false)
  if (history.error) {
    return <ScreenError error={history.error} reset={() => void history.refetch()} />
  }
  if (!history.data) return <ScreenLoading />
  const isKnown = ({ from }: Group) => asOf === null || instantText(from).slice(0, 10) <= asOf
  const groups = byWrite(history.data).filter(isKnown)
  const shown = all ? groups : groups.slice(0, few)
  return (
    <>
      <ol className="history-list">
        {shown.map((group) => (
          <Write key={group.key} group={group} places={places} />
        ))}
      </ol>
      {groups.length > shown.length && (
        <button type="button" className="link-button" data-unfolds onClick={() => setAll(true)}>
          {t('panel:history.all', { count: groups.length })}
        </button>
      )}
    </>
  )
}

type Version = History['rows'][number]
interface Group {
  key: string
  from: string
  actor: string
  reason: string | null
  versions: Version[]
}

/** Versions that one write made together: same instant, same hand, same reason. */
function byWrite(history: History): Group[] {
  const groups = new Map<string, Group>()
  for (const version of history.rows) {
    const { from, actor, reason } = version
    const key = `${from} ${actor} ${reason}`
    const group = groups.get(key) ?? { key, from, actor, reason, versions: [] }
    group.versions.push(version)
    groups.set(key, group)
  }
  return [...groups.values()]
}

function Write({ group, places }: { group: Group; places: PlaceNames }) {
  const { t } = useTranslation(['panel'])
  const text = useChangeText(places)
  const changed = group.versions.filter((version) => version.changes.length > 0)
  return (
    <li className="history-write" data-record="project">
      <p className="history-head">
        <span className="figure">{instantText(group.from)}</span>
        <span>{group.actor}</span>
        {group.reason && <span>{group.reason}</span>}
      </p>
      {changed.map((version, index) => {
        const isFirst = version.changes.every(({ before }) => before === null)
        const noun = [t(`panel:noun.${version.noun}`), monthOf(version)].filter(Boolean).join(' ')
        return isFirst && version.changes.length > 2 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: versions of one write never change order
          <details key={index} className="history-new">
            <summary>
              {t('panel:history.recorded', { noun, count: version.changes.length })}
            </summary>
            <Changes version={version} text={text} />
          </details>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: versions of one write never change order
          <Changes key={index} version={version} text={text} noun={noun} />
        )
      })}
    </li>
  )
}

/** The month that a first version of money or report is of, `YYYY-MM`. */
function monthOf({ changes }: Version): string {
  const month = changes.find(({ field, before }) => field === 'month' && before === null)?.after
  return typeof month === 'string' ? month.slice(0, 7) : ''
}

function Changes(props: {
  version: Version
  text: ReturnType<typeof useChangeText>
  noun?: string
}) {
  const { version, text } = props
  return (
    <dl className="history-changes">
      {version.changes.map(({ field, before, after }) => (
        <div key={field}>
          <dt>
            {props.noun && `${props.noun} · `}
            {text.field(field)}
          </dt>
          <dd>
            {before !== null && <del>{text.value(field, before)}</del>}{' '}
            <ins>{text.value(field, after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}
