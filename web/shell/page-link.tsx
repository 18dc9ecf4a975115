import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'

interface PageLinkProps {
  /** Address within the page as the server names it, `/desk?open=inbox`. */
  to: string
  className?: string
  /** The noun whose one row it shows. */
  record?: string
  children: ReactNode
}

/** A link that the server wrote: followed without loading the page again, or opened beside it. */
export function PageLink({ to, className, record, children }: PageLinkProps) {
  const router = useRouter()
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    router.history.push(to)
  }
  return (
    <a href={to} className={className} data-record={record} onClick={follow}>
      {children}
    </a>
  )
}
