import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { readFailure } from '../shell/api.ts'
import { uuid } from '../ui/uuid.ts'
import { type PhotoPlace, photosOf } from './queries.ts'
import type { Taken } from './upload.ts'

/** One file on its way. */
export interface Sending {
  key: string
  file: File
  taken: Taken | undefined
  /** From 0 to 1. */
  share: number
  /** Why it stopped; null while it goes on. */
  failure: { code: string; message: string } | null
}

/** Files on their way to a place; one that failed waits to be tried again under its own key. */
export function useSending(of: PhotoPlace) {
  const client = useQueryClient()
  const [waiting, setWaiting] = useState<readonly Sending[]>([])
  const change = (key: string, patch: Partial<Sending>) =>
    setWaiting((all) => all.map((one) => (one.key === key ? { ...one, ...patch } : one)))
  const drop = (key: string) => setWaiting((all) => all.filter((one) => one.key !== key))

  const start = async ({ key, file, taken }: Sending) => {
    change(key, { failure: null })
    try {
      const { sendFile } = await import('./upload.ts')
      await sendFile(file, { key, of, taken }, (share) => change(key, { share }))
      await client.invalidateQueries({ queryKey: photosOf(of).queryKey })
      drop(key)
    } catch (error) {
      change(key, { failure: readFailure(error) })
    }
  }
  const add = (files: readonly File[], taken?: Taken) => {
    const added = files.map((file) => ({ key: uuid(), file, taken, share: 0, failure: null }))
    setWaiting((all) => [...all, ...added])
    for (const one of added) void start(one)
  }
  return { waiting, add, again: start, drop }
}
