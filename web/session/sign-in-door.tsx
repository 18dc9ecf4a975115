import type { SessionState } from 'api/session/contract'
import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { SignInPage } from './sign-in.tsx'

interface SignInDoorProps {
  state: SessionState
  /** Why a session ended that had the page open; null: nobody was signed in yet. */
  why: 'idle' | 'ended' | null
  /** Login of whoever had it open. */
  login: string
}

/** The sign-in page; over a page that waits for its session it takes the whole window. */
export default function SignInDoor({ state, why, login }: SignInDoorProps) {
  const { t } = useTranslation(['session', 'shell'])
  if (why === null) return <SignInPage state={state} />
  const notice = t(`session:again.${why}`, { count: state.idleMinutes })
  return (
    <Over label={t('session:signIn.title')}>
      <SignInPage state={state} notice={notice} login={login} />
    </Over>
  )
}

/** A dialog, since the page behind may show one itself, above which nothing else would be reached. */
function Over({ label, children }: { label: string; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null)
  // Before the form takes the focus, which opening would move elsewhere.
  useLayoutEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      ref={dialog}
      className="entry-over"
      aria-label={label}
      onCancel={(event) => event.preventDefault()}
      // Some browsers let a second Escape through.
      onClose={() => dialog.current?.showModal()}
    >
      {children}
    </dialog>
  )
}
