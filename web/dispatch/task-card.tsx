import type { DispatchTask, TaskAction } from 'api/dispatch/contract'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { FormFailure } from '../shell/form-parts.tsx'
import { instantText } from '../ui/date.ts'
import { useOpen } from '../ui/use-open.ts'
import { DueMark } from './due-mark.tsx'
import { PersonLine } from './person-line.tsx'
import { TaskForm } from './task-form.tsx'
import { useStep } from './use-step.ts'

interface TaskCardProps {
  task: DispatchTask
  onProject: (project: number) => void
}

/** One owner's part of an order: how it stands, what was done, and what the reader may do. */
export function TaskCard({ task, onProject }: TaskCardProps) {
  const { t } = useTranslation(['dispatch'])
  const { owner, state, body } = task
  return (
    <section className="task" data-record="dispatch" aria-label={owner.name}>
      <header className="task-head">
        <h4>{owner.name}</h4>
        <span className={`badge badge-task-${state}`}>{t(`dispatch:task.${state}`)}</span>
        <DueMark dueOn={task.dueOn} overdueDays={task.overdueDays} />
      </header>
      <p className="task-note">
        {owner.people.map((person) => (
          <PersonLine key={person.id} {...person} />
        ))}
        {owner.people.length === 0 && <span>{t('dispatch:silent.nobody')}</span>}
        {task.dueOn !== task.firstDueOn && (
          <span>{t('dispatch:due.first', { date: task.firstDueOn })}</span>
        )}
        {task.askedDueOn !== null && (
          <strong>{t('dispatch:due.asked', { date: task.askedDueOn })}</strong>
        )}
        {body && (
          <span>
            {body.nextOn === null
              ? t('dispatch:body.top', { name: body.name })
              : t('dispatch:body.until', { name: body.name, date: body.nextOn })}
          </span>
        )}
      </p>
      {task.projects.length > 0 && (
        <ul className="task-projects">
          {task.projects.map(({ id, name }) => (
            <li key={id}>
              <button type="button" className="link-button" onClick={() => onProject(id)}>
                {name}
              </button>
            </li>
          ))}
        </ul>
      )}
      <Actions task={task} />
      <Steps steps={task.steps} />
    </section>
  )
}

/** What usually comes next stands out; a form opens where words are needed. */
const leading: readonly TaskAction[] = ['answer', 'check', 'grant_extension']
type Worded = Exclude<TaskAction, 'acknowledge'>
const hasForm = (action: TaskAction): action is Worded => action !== 'acknowledge'

function Actions({ task }: { task: DispatchTask }) {
  const { t } = useTranslation(['dispatch'])
  const [chosen, setChosen, close] = useOpen<Worded>()
  const bar = useRef<HTMLDivElement>(null)
  const action = chosen !== null && task.actions.includes(chosen) ? chosen : null
  const settle = () => {
    close()
    bar.current?.focus()
  }
  if (task.actions.length === 0) return null
  return (
    <>
      <div ref={bar} tabIndex={-1} className="task-actions">
        {task.actions.includes('acknowledge') && <Acknowledge task={task} />}
        {task.actions.filter(hasForm).map((one) => (
          <button
            key={one}
            type="button"
            className={`button button-small${leading.includes(one) ? ' button-primary' : ''}`}
            aria-expanded={one === action}
            onClick={() => setChosen(one === action ? null : one)}
          >
            {t(`dispatch:action.${one}`)}
          </button>
        ))}
      </div>
      {action && <TaskForm key={action} task={task} action={action} onDone={settle} />}
    </>
  )
}

/** One press: nothing is to be said of having received an order. */
function Acknowledge({ task }: { task: DispatchTask }) {
  const { t } = useTranslation(['dispatch'])
  const write = useStep(task, [], () => {})
  const input = { action: 'acknowledge', note: null, links: [], dueOn: null } as const
  return (
    <form onSubmit={(event) => write.submit(event, () => ({ ...input, links: [] }))}>
      <button
        type="submit"
        className="button button-small button-primary"
        disabled={write.isPending}
      >
        {t('dispatch:action.acknowledge')}
      </button>
      <FormFailure failure={write.failure} />
    </form>
  )
}

function Steps({ steps }: Pick<DispatchTask, 'steps'>) {
  const { t } = useTranslation(['dispatch'])
  return (
    <ol className="task-steps">
      {steps.map((step) => (
        <li key={step.id}>
          <span className="figure">{instantText(step.at)}</span> {step.byName}{' '}
          <strong>{t(`dispatch:step.${step.action}`)}</strong>
          {step.dueOn !== null && ` ${t('dispatch:due.on', { date: step.dueOn })}`}
          {step.note && <span className="task-words">{step.note}</span>}
          {step.links.map((link) => (
            <a key={link} href={link} target="_blank" rel="noreferrer" className="task-words">
              {link}
            </a>
          ))}
        </li>
      ))}
    </ol>
  )
}
