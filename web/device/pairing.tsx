import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askSession, sessionQuery } from '../session/queries.ts'
import { SignInPage } from '../session/sign-in.tsx'
import { readFailure } from '../shell/api.ts'
import { failureSentence } from '../shell/failure-sentence.ts'
import { wasPaired } from './paired.ts'
import { pairingQuery, pairingState } from './pairing-queries.ts'
import { refusedLink } from './wall-link.ts'
import './pairing.css'

/** A wall that nobody has let in yet: a code to type in elsewhere; it opens by itself then. */
export default function Pairing() {
  const { t } = useTranslation(['device', 'session', 'shell'])
  const state = useQuery(sessionQuery).data
  const [isByPerson, setByPerson] = useState(false)
  const { code, failure } = usePairing()
  if (isByPerson && state) return <SignInPage state={state} />
  const link = refusedLink()
  return (
    <main className="pairing" data-theme="night">
      <p className="pairing-product">
        {state?.city} {t('shell:title')}
      </p>
      {wasPaired() && (
        <p className="pairing-note" role="alert">
          {t('device:pairing.revoked')}
        </p>
      )}
      {link && <p className="pairing-note">{failureSentence(t, link)}</p>}
      <h1>{t('device:pairing.title')}</h1>
      <p className="pairing-code figure" data-code={code} aria-live="polite">
        {code ? `${code.slice(0, 3)} ${code.slice(3)}` : '··· ···'}
      </p>
      <p className="pairing-text">{t('device:pairing.what')}</p>
      <p className="pairing-text">{t('device:pairing.then')}</p>
      {failure && <p className="pairing-note">{failureSentence(t, failure)}</p>}
      <button type="button" className="button" onClick={() => setByPerson(true)}>
        {t('device:pairing.byPerson')}
      </button>
    </main>
  )
}

/** Asks for a code, for another when it has run out, and opens the wall once it is let in. */
function usePairing() {
  const client = useQueryClient()
  const pairing = useQuery(pairingQuery)
  const answer = useQuery(pairingState(pairing.data?.secret))
  const isPaired = answer.data?.status === 'paired'
  const isOver = answer.error !== null && readFailure(answer.error).status === 410
  useEffect(() => {
    if (isPaired) void askSession(client).catch(() => {})
  }, [client, isPaired])
  const renew = pairing.refetch
  useEffect(() => {
    if (isOver) void renew()
  }, [isOver, renew])
  const error = pairing.failureReason ?? (isOver ? null : answer.error)
  return {
    code: isOver ? undefined : pairing.data?.code,
    failure: error === null ? null : readFailure(error),
  }
}
