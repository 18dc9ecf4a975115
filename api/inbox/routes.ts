import { Hono } from 'hono'
import { chinaDate } from '../clock.ts'
import type { Deps } from '../deps.ts'
import { readSelf } from '../dispatch/owner.ts'
import { permissionsOf } from '../http/access.ts'
import { describe } from '../http/describe.ts'
import { askerOf, viewerOf } from '../http/viewer.ts'
import { Inbox } from './contract.ts'
import { readInbox } from './waiting.ts'

export const inboxRoutes = ({ db }: Deps) =>
  new Hono().get(
    '/',
    describe({ tag: '待办', summary: '等我办理的事，最早的期限在前' }, Inbox),
    async (c) => {
      const viewer = viewerOf(c)
      const now = db.clock.now()
      const today = chinaDate(now)
      const inbox = await db.read(askerOf(c), async (tx) => {
        const self = await readSelf(tx, viewer, today)
        return readInbox(tx, { viewer, self, may: permissionsOf(viewer), now, today })
      })
      return c.json(inbox, 200)
    },
  )
