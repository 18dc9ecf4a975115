import { useQuery } from '@tanstack/react-query'
import type { IssueAction, IssueDetail } from 'api/issue/contract'
import { useTranslation } from 'react-i18next'
import { ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { instantText } from '../ui/date.ts'
import { useOpen } from '../ui/use-open.ts'
import { EditForm } from './edit-form.tsx'
import { ClockMark, holderText, StateBadge } from './issue-line.tsx'
import { IssueSteps } from './issue-steps.tsx'
import { issueDetail } from './queries.ts'
import { StepForm } from './step-form.tsx'
import type { Named } from './step-particulars.tsx'
import './issue.css'

interface IssuePanelProps {
  id: number
  departments: readonly Named[]
  units: readonly Named[]
  bodies: readonly Named[]
  onBack: () => void
  onOpen: (issue: number) => void
  onProject: (project: number) => void
}

/** One issue: what and where, who holds it and how long yet, what can be done, and what was. */
export function IssuePanel(props: IssuePanelProps) {
  const { t } = useTranslation(['issue'])
  const detail = useQuery(issueDetail(props.id))
  return (
    <div className="issue">
      <button type="button" className="link-button" onClick={props.onBack}>
        {t('issue:back')}
      </button>
      {detail.data ? (
        <Loaded key={props.id} issue={detail.data} {...props} />
      ) : detail.error ? (
        <ScreenError error={detail.error} reset={() => void detail.refetch()} />
      ) : (
        <ScreenLoading />
      )}
    </div>
  )
}

function Loaded({ issue, ...props }: IssuePanelProps & { issue: IssueDetail }) {
  const { t } = useTranslation(['issue'])
  return (
    <>
      <header className="issue-head" data-record="issue">
        <h3>{issue.title}</h3>
        <StateBadge state={issue.state} />
        {issue.severity === 'urgent' && (
          <span className="badge issue-urgent">{t('issue:severity.urgent')}</span>
        )}
        {issue.sensitive && <span className="badge">{t('issue:sensitive')}</span>}
      </header>
      <Court issue={issue} bodies={props.bodies} />
      <Actions issue={issue} {...props} />
      {issue.description !== '' && (
        <p className="issue-description" data-record="issue">
          {issue.description}
        </p>
      )}
      <Facts issue={issue} onProject={props.onProject} />
      <Merged issue={issue} onOpen={props.onOpen} />
      <IssueSteps steps={issue.steps} />
    </>
  )
}

/** 球在谁手里: who has it, since when, and the clock in words. */
function Court({ issue, bodies }: Pick<IssuePanelProps, 'bodies'> & { issue: IssueDetail }) {
  const { t } = useTranslation(['issue'])
  const body = issue.holder === 'body' && bodies.find(({ id }) => id === issue.bodyId)
  const holder = body ? body.name : holderText(t, issue)
  if (holder === null) return null
  const dueAt = issue.dueAt === null ? null : instantText(issue.dueAt)
  return (
    <p
      data-record="issue"
      className={issue.isOverdue ? 'issue-court issue-court-late' : 'issue-court'}
    >
      <span>{t('issue:court', { name: holder, since: instantText(issue.heldSince) })}</span>
      <ClockMark issue={issue} />
      {dueAt && <span className="issue-due figure">{t('issue:due', { at: dueAt })}</span>}
    </p>
  )
}

/** The usual way first; whatever else is possible stands behind it. */
const usual: readonly IssueAction[] = [
  'grant_extension',
  'grant_pause',
  'resume',
  'screen',
  'assign',
  'accept',
  'begin',
  'finish',
  'verify',
  'confirm',
  'archive',
  'revive',
]

function Actions({ issue, ...props }: Omit<IssuePanelProps, 'id'> & { issue: IssueDetail }) {
  const { departments, units, bodies } = props
  const { t } = useTranslation(['issue'])
  const [open, setOpen, close] = useOpen<IssueAction | 'edit'>()
  const possible = issue.actions.filter((action) => action !== 'escalate' || bodies.length > 0)
  const first = usual.find((action) => possible.includes(action))
  const others = possible.filter((action) => action !== first)
  if (open === 'edit') return <EditForm issue={issue} onDone={close} />
  if (open !== null && possible.includes(open)) {
    return (
      <StepForm
        key={open}
        {...{ issue, departments, units, bodies }}
        action={open}
        onDone={close}
      />
    )
  }
  if (possible.length === 0 && !issue.mayEdit) return null
  return (
    <div className="issue-actions">
      {first && (
        <button type="button" className="button button-primary" onClick={() => setOpen(first)}>
          {t(`issue:action.${first}`)}
        </button>
      )}
      <details className="issue-others">
        <summary className="button">{t('issue:others')}</summary>
        <div className="issue-menu">
          {others.map((action) => (
            <button
              key={action}
              type="button"
              className="button button-quiet"
              onClick={() => setOpen(action)}
            >
              {t(`issue:action.${action}`)}
            </button>
          ))}
          {issue.mayEdit && (
            <button type="button" className="button button-quiet" onClick={() => setOpen('edit')}>
              {t('issue:edit')}
            </button>
          )}
        </div>
      </details>
    </div>
  )
}

function Facts({ issue, onProject }: Pick<IssuePanelProps, 'onProject'> & { issue: IssueDetail }) {
  const { t } = useTranslation(['issue'])
  const { project, unit, park, firstDue, finishDue } = issue
  const raiser = [issue.raiserName, issue.raiserPhone].filter(Boolean).join(' ')
  const source = [t(`issue:channel.${issue.channel}`), issue.sourceText].filter(Boolean).join('：')
  const moved = firstDue !== null && finishDue !== null && firstDue !== finishDue
  const facts: [key: string, word: string, value: string | null][] = [
    ['place', t('issue:fact.place'), [unit?.name, park?.name].filter(Boolean).join(' · ') || null],
    ['enterprise', t('issue:fact.enterprise'), issue.enterprise],
    ['cause', t('issue:fact.cause'), issue.causeName],
    ['source', t('issue:fact.source'), source],
    ['raiser', t('issue:fact.raiser'), raiser],
    ['received', t('issue:fact.received'), instantText(issue.receivedAt)],
    ['first', t('issue:fact.firstDue'), firstDue && instantText(firstDue)],
    ['now', t('issue:fact.finishDue'), moved ? instantText(finishDue) : null],
    [
      'rating',
      t('issue:fact.rating'),
      issue.rating === null ? null : t(`issue:rating.${issue.rating}`),
    ],
  ]
  return (
    <dl className="issue-facts" data-record="issue">
      {project && (
        <div>
          <dt>{t('issue:fact.project')}</dt>
          <dd>
            <button type="button" className="link-button" onClick={() => onProject(project.id)}>
              {project.name}
            </button>
          </dd>
        </div>
      )}
      {facts.map(
        ([key, word, value]) =>
          value && (
            <div key={key}>
              <dt>{word}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

function Merged({ issue, onOpen }: Pick<IssuePanelProps, 'onOpen'> & { issue: IssueDetail }) {
  const { t } = useTranslation(['issue'])
  const { mergedInto, merged } = issue
  const link = ({ id, name }: Named) => (
    <button key={id} type="button" className="link-button" onClick={() => onOpen(id)}>
      {name}
    </button>
  )
  return (
    <>
      {mergedInto && (
        <p className="issue-merged" data-record="issue">
          {t('issue:mergedInto')}
          {link(mergedInto)}
        </p>
      )}
      {merged.length > 0 && (
        <p className="issue-merged" data-record="issue">
          {t('issue:merged')}
          {merged.map(link)}
        </p>
      )}
    </>
  )
}
