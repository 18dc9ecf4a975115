import { ApiFailure, type FailureDetail } from './failure.ts'

type Values = Readonly<Record<string, unknown>>

/**
 * Two people edit one record: different fields merge, the same field must not be overwritten unseen.
 * @param seen the values that the writer saw, for any of the fields.
 * @param wanted the values that are to be written.
 * @param stored the values as they are now.
 * @throws ApiFailure 409 `<NOUN>_CHANGED` with the stored value of each field that somebody else has
 * changed meanwhile to something else.
 */
export function refuseUnseen(noun: string, seen: Values, wanted: Values, stored: Values): void {
  const details = Object.keys(seen).flatMap((field): FailureDetail[] => {
    const now = stored[field] ?? null
    const isSettled = wanted[field] === undefined || now === (wanted[field] ?? null)
    if (isSettled || now === (seen[field] ?? null)) return []
    const message = `别人刚改为${now === null ? '空白' : `“${String(now)}”`}`
    return [{ field, value: now, code: 'CHANGED', message }]
  })
  if (details.length === 0) return
  const message = '有内容在您填写期间被别人改过，请核对后再保存'
  throw new ApiFailure(409, `${noun.toUpperCase()}_CHANGED`, message, details)
}
