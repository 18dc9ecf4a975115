import type { Owner, Proposal } from 'api/dispatch/contract'
import { useTranslation } from 'react-i18next'

export const ownerKey = ({ kind, id }: Owner): string => `${kind}-${id}`

interface OwnerChoiceProps {
  proposal: Proposal
  /** Keys of the owners that are left out. */
  left: ReadonlySet<string>
  onLeft: (left: ReadonlySet<string>) => void
}

/** The owners that an order goes to, each with its projects and who will be told; any can be left out. */
export function OwnerChoice({ proposal, left, onLeft }: OwnerChoiceProps) {
  const { t } = useTranslation(['dispatch'])
  const names = new Map(proposal.projects.map(({ id, name }) => [id, name]))
  const toggle = (key: string, isIn: boolean) => {
    const next = new Set(left)
    if (isIn) next.delete(key)
    else next.add(key)
    onLeft(next)
  }
  return (
    <fieldset className="owners">
      <legend>{t('dispatch:send.owners', { count: proposal.tasks.length - left.size })}</legend>
      {proposal.tasks.map(({ owner, projectIds }) => {
        const key = ownerKey(owner)
        return (
          <div key={key} className="owner">
            <label>
              <input
                type="checkbox"
                checked={!left.has(key)}
                onChange={(event) => toggle(key, event.target.checked)}
              />
              <span>
                <strong>{owner.name}</strong>{' '}
                <span className="owner-kind">{t(`dispatch:owner.${owner.kind}`)}</span>
                <span className="owner-people">
                  {owner.people.map(({ name }) => name).join('、') || t('dispatch:silent.nobody')}
                </span>
              </span>
            </label>
            <details>
              <summary>{t('dispatch:send.projects', { count: projectIds.length })}</summary>
              <ul>
                {projectIds.map((id) => (
                  <li key={id}>{names.get(id)}</li>
                ))}
              </ul>
            </details>
          </div>
        )
      })}
    </fieldset>
  )
}
