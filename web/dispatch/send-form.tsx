import { useQuery } from '@tanstack/react-query'
import type { DispatchInput, Priority, Proposal } from 'api/dispatch/contract'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, parseResponse } from '../shell/api.ts'
import { Figure } from '../shell/figure.tsx'
import { FormActions, FormFailure } from '../shell/form-parts.tsx'
import { ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { FormField } from '../ui/form-field.tsx'
import { count, wan } from '../ui/number.ts'
import { TextField } from '../ui/text-field.tsx'
import { OwnerChoice, ownerKey } from './owner-choice.tsx'
import { dispatchProposal } from './queries.ts'
import { useWrite } from './use-write.ts'
import './dispatch.css'

interface SendFormProps {
  /** The projects picked. */
  projects: readonly number[]
  origin: DispatchInput['origin']
  /** The clock's day. */
  today: string
  onSent: (dispatch: number) => void
  onCancel: () => void
}

/** An order from a selection: written out beforehand, so that one press sends it to all of its owners. */
export function SendForm({ projects, ...rest }: SendFormProps) {
  const selection = { projectIds: [...projects] }
  const proposal = useQuery(dispatchProposal(selection))
  if (proposal.error) {
    return <ScreenError error={proposal.error} reset={() => void proposal.refetch()} />
  }
  if (!proposal.data) return <ScreenLoading />
  return <Filled proposal={proposal.data} {...rest} />
}

/** Departments that nobody acts for are offered, not proposed: a place answers for each project anyway. */
function unmanned({ tasks }: Proposal): ReadonlySet<string> {
  const owners = tasks.map(({ owner }) => owner)
  return new Set(
    owners.filter(({ kind, people }) => kind === 'department' && people.length === 0).map(ownerKey),
  )
}

const priorities: readonly Priority[] = ['ordinary', 'urgent', 'critical']

function Filled(props: Omit<SendFormProps, 'projects'> & { proposal: Proposal }) {
  const { t } = useTranslation(['dispatch', 'shell'])
  const { proposal, origin, today, onSent, onCancel } = props
  const [title, setTitle] = useState(proposal.title)
  const [demand, setDemand] = useState(proposal.demand)
  const [priority, setPriority] = useState<Priority>('ordinary')
  const [day, setDay] = useState<string | null>(null)
  const [left, setLeft] = useState(() => unmanned(proposal))
  // Until a day is chosen it is the usual one of the priority.
  const dueOn = day ?? proposal.dueOn[priority]
  const chosen = proposal.tasks.filter(({ owner }) => !left.has(ownerKey(owner)))
  const write = useWrite(
    ['title', 'demand', 'dueOn'],
    (input: Omit<DispatchInput, 'key'>, key) =>
      parseResponse(api.dispatch.$post({ json: { ...input, key } })),
    ({ id }) => onSent(id),
  )
  const submit = (event: FormEvent<HTMLFormElement>) =>
    write.submit(event, () => ({
      title: title.trim(),
      demand: demand.trim(),
      origin,
      priority,
      dueOn,
      issueIds: [],
      tasks: chosen.map(({ owner: { kind, id }, projectIds }) => ({
        owner: { kind, id },
        projectIds,
      })),
    }))
  const { totals } = proposal
  return (
    <form className="form send" noValidate onSubmit={submit}>
      <p className="form-note send-totals">
        <Figure name="dispatch.projects" value={totals.projects}>
          {t('dispatch:send.projects', {
            count: totals.projects,
            projects: count(totals.projects),
          })}
        </Figure>
        <Figure name="dispatch.total" value={totals.totalWan}>
          {t('dispatch:send.total', { amount: wan(totals.totalWan) })}
        </Figure>
        <Figure name="dispatch.annual" value={totals.annualWan}>
          {t('dispatch:send.annual', { amount: wan(totals.annualWan) })}
        </Figure>
        <Figure name="dispatch.done" value={totals.doneWan}>
          {t('dispatch:send.done', { amount: wan(totals.doneWan) })}
        </Figure>
      </p>
      <TextField
        name="title"
        label={t('dispatch:send.title')}
        error={write.of('title')}
        wide
        required
        maxLength={100}
        value={title}
        onText={setTitle}
      />
      <TextField
        name="demand"
        label={t('dispatch:send.demand')}
        error={write.of('demand')}
        wide
        area
        required
        maxLength={2000}
        value={demand}
        onText={setDemand}
      />
      <FormField label={t('dispatch:send.priority')}>
        {(ids) => (
          <select
            {...ids}
            className="form-input"
            value={priority}
            onChange={(event) =>
              setPriority(priorities.find((one) => one === event.target.value) ?? 'ordinary')
            }
          >
            {priorities.map((one) => (
              <option key={one} value={one}>
                {t(`dispatch:priority.${one}`)}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <TextField
        name="dueOn"
        type="date"
        label={t('dispatch:send.dueOn')}
        hint={t('dispatch:send.dueHint')}
        error={write.of('dueOn')}
        required
        min={today}
        value={dueOn}
        onText={setDay}
      />
      <OwnerChoice proposal={proposal} left={left} onLeft={setLeft} />
      <FormFailure failure={write.failure} />
      <FormActions
        isPending={write.isPending || chosen.length === 0}
        submit={t('dispatch:send.submit', { count: chosen.length })}
        onCancel={onCancel}
      />
    </form>
  )
}
