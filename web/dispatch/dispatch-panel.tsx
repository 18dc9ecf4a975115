import { useQuery } from '@tanstack/react-query'
import type { DispatchDetail } from 'api/dispatch/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, parseResponse } from '../shell/api.ts'
import { Figure } from '../shell/figure.tsx'
import { NoteForm } from '../shell/note-form.tsx'
import { ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { copyText } from '../ui/copy-text.ts'
import { instantText } from '../ui/date.ts'
import { PersonLine } from './person-line.tsx'
import { dispatchDetail } from './queries.ts'
import { TaskCard } from './task-card.tsx'
import { useWrite } from './use-write.ts'
import '../ui/entries.css'
import './dispatch.css'

interface DispatchPanelProps {
  id: number
  onBack: () => void
  onProject: (project: number) => void
}

/** One order: what is demanded, who has not acknowledged, and each owner's part with what may be done. */
export function DispatchPanel({ id, onBack, onProject }: DispatchPanelProps) {
  const { t } = useTranslation(['dispatch'])
  const detail = useQuery(dispatchDetail(id))
  return (
    <article className="order">
      <button type="button" className="link-button" onClick={onBack}>
        {t('dispatch:back')}
      </button>
      {detail.data ? (
        <Order key={id} order={detail.data} onProject={onProject} />
      ) : detail.error ? (
        <ScreenError error={detail.error} reset={() => void detail.refetch()} />
      ) : (
        <ScreenLoading />
      )}
    </article>
  )
}

function Order({
  order,
  onProject,
}: { order: DispatchDetail } & Pick<DispatchPanelProps, 'onProject'>) {
  const { t } = useTranslation(['dispatch'])
  const silent = order.taskRows.filter(({ state }) => state === 'sent')
  return (
    <>
      <header data-record="dispatch">
        <h3 className="order-title">{order.title}</h3>
        <p className="entry-note">
          <span className="figure">{order.number}</span>
          <span className={`badge badge-dispatch-${order.state}`}>
            {t(`dispatch:state.${order.state}`)}
          </span>
          <span className={`badge badge-${order.priority}`}>
            {t(`dispatch:priority.${order.priority}`)}
          </span>
          <span>
            {t('dispatch:sentBy', { name: order.senderName, date: instantText(order.sentAt) })}
          </span>
          <span className="figure">{t('dispatch:due.on', { date: order.dueOn })}</span>
        </p>
        <p className="order-demand">{order.demand}</p>
      </header>
      {silent.length > 0 && (
        <section className="order-silent" aria-label={t('dispatch:silent.label')}>
          <strong>
            <Figure name="dispatch.silent" of={[order.id]} value={silent.length}>
              {t('dispatch:silent.title', { count: silent.length })}
            </Figure>
          </strong>
          <ul data-record="person">
            {silent.map(({ id, owner }) => (
              <li key={id}>
                <span>{owner.name}</span>
                {owner.people.map((person) => (
                  <PersonLine key={person.id} {...person} />
                ))}
                {owner.people.length === 0 && <span>{t('dispatch:silent.nobody')}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Tools order={order} />
      {order.taskRows.map((task) => (
        <TaskCard key={task.id} task={task} onProject={onProject} />
      ))}
    </>
  )
}

/** The link to send to an owner, and the sender's way to take the whole order back. */
function Tools({ order }: { order: DispatchDetail }) {
  const { t } = useTranslation(['dispatch'])
  const [recalling, setRecalling] = useState(false)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await copyText(`${location.origin}/desk?open=dispatch&dispatch=${order.id}`)
    setCopied(true)
  }
  return (
    <>
      <div className="order-tools">
        <button type="button" className="button button-small" onClick={() => void copy()}>
          {copied ? t('dispatch:copied') : t('dispatch:copyLink')}
        </button>
        {order.mayRecall && (
          <button
            type="button"
            className="button button-small"
            aria-expanded={recalling}
            onClick={() => setRecalling(!recalling)}
          >
            {t('dispatch:recall.open')}
          </button>
        )}
      </div>
      {recalling && order.mayRecall && <Recall id={order.id} onDone={() => setRecalling(false)} />}
    </>
  )
}

function Recall({ id, onDone }: { id: number; onDone: () => void }) {
  const { t } = useTranslation(['dispatch'])
  const send = (reason: string, key: string) =>
    parseResponse(
      api.dispatch[':id'].recall.$post({ param: { id: String(id) }, json: { key, reason } }),
    )
  const save = useWrite(['reason'], send, onDone)
  return (
    <NoteForm
      save={save}
      name="reason"
      label={t('dispatch:recall.reason')}
      hint={t('dispatch:recall.hint')}
      maxLength={2000}
      submit={t('dispatch:recall.submit')}
      input={(reason) => reason}
      onCancel={onDone}
    />
  )
}
