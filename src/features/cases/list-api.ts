import * as z from 'zod'
import { unknownCodes } from '../../core/codes.ts'
import { type App, BadRequest, bodyOf, reading, Refused } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { dropList, keepList, myLists } from './list-store.ts'
import { SavedList } from './list-view.ts'

/** The lists a person keeps on her account: hers alone, and of no case. */
export function listRoutes(app: App, machine: Machine): void {
  app.get('/api/my/lists', async (c) => c.json({ lists: await reading(c, machine, null, (tx) => myLists(tx)) }))
  app.post('/api/my/lists', async (c) => {
    const list = await bodyOf(c, SavedList)
    const unknown = unknownCodes(SavedList, list, machine.pack)
    // A word where a code belongs is kept nowhere.
    if (unknown.length > 0) throw new BadRequest(unknown)
    if (!(await reading(c, machine, null, (tx, me) => keepList(tx, me.id, list))))
      throw new Refused(409, 'enough_lists')
    return c.json({ done: true })
  })
  app.post('/api/my/lists/remove', async (c) => {
    const { id } = await bodyOf(c, z.strictObject({ id: z.uuid() }))
    if (!(await reading(c, machine, null, (tx) => dropList(tx, id)))) throw new Refused(404, 'not_found')
    return c.json({ done: true })
  })
}
