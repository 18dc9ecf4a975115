import { api, parseResponse } from '../shell/api.ts'
import { forgetLastKnown } from '../shell/last-known.ts'

/** Looks at everything as another person, or as oneself again; the page begins anew. */
export async function viewAs(personId: number | null): Promise<void> {
  await parseResponse(api.session['view-as'].$put({ json: { personId } }))
  await forgetLastKnown()
  location.assign(personId === null ? '/desk/account' : '/desk')
}
