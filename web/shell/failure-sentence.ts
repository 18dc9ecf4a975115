import type { TFunction } from 'i18next'
import type { Failure } from './api.ts'

/** What went wrong for the reader: the server's own words, or ours where it said nothing. */
export function failureSentence(t: TFunction, failure: Pick<Failure, 'code' | 'message'>): string {
  if (failure.code === 'NETWORK') return t('shell:state.network')
  if (failure.code === 'PAGE') return t('shell:state.page', { message: failure.message })
  return failure.message
}
