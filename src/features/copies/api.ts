import { auditAppend } from '../../server/audit.ts'
import { type App, bodyOf, reading, requestIdOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { ListOut } from './list-out.ts'

/** Ways out: each is written down before anything leaves. */
export function routes(app: App, machine: Machine): void {
  app.post('/api/my/list-out', async (c) => {
    const { as } = await bodyOf(c, ListOut)
    await reading(c, machine, null, (tx, me) =>
      auditAppend(tx, {
        action: `list_out:${as}`,
        pseudonym: null,
        part: 'case',
        purpose: me.purpose,
        basis: null,
        outcome: 'done',
        requestId: requestIdOf(c),
      }),
    )
    return c.json({ done: true })
  })
}
