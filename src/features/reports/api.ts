import * as z from 'zod'
import { type App, bodyOf, reading, Refused, requestIdOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { csvOf } from './csv.ts'
import { type Note, notesOf } from './explain.ts'
import { type Release, releases, signRelease } from './store.ts'
import { isReleased, signsAs } from './signing.ts'

/** A release with the codes of what it cannot tell, and why. */
export type ShownRelease = Release & { notes: Note[] }

/** `GET /api/reports/held`: the newest table that two people signed, and for those two the one that waits for them. */
export type HeldReport = {
  released: ShownRelease | null
  waiting: (ShownRelease & { mayISign: boolean }) | null
}

const Signing = z.strictObject({ releaseId: z.uuid(), hash: z.string().regex(/^[0-9a-f]{64}$/) })

/** The released table, for those a release is made for; nobody asks the facts themselves. */
export function routes(app: App, machine: Machine): void {
  app.get('/api/reports/held', async (c) => {
    const report = await reading(c, machine, null, async (tx, me): Promise<HeldReport> => {
      const [newest, ...older] = await releases(tx)
      if (newest === undefined) return { released: null, waiting: null }
      if (isReleased(newest.signatures)) return { released: shown(newest), waiting: null }
      const before = older.find((one) => isReleased(one.signatures))
      const as = signsAs(me.role)
      const mayISign = as !== null && !newest.signatures.some((one) => one.as === as)
      return { released: before === undefined ? null : shown(before), waiting: { ...shown(newest), mayISign } }
    })
    if (report.released === null && report.waiting === null) throw new Refused(404, 'not_found')
    return c.json(report)
  })

  app.get('/api/reports/held.csv', async (c) => {
    const all = await reading(c, machine, null, (tx) => releases(tx))
    const found = all.find((one) => isReleased(one.signatures))
    if (found === undefined) throw new Refused(404, 'not_found')
    c.header('content-disposition', `attachment; filename="held-${found.period}.csv"`)
    return c.body(csvOf(found, machine.pack), 200, { 'content-type': 'text/csv; charset=utf-8' })
  })

  app.post('/api/reports/held/signatures', async (c) => {
    const { releaseId, hash } = await bodyOf(c, Signing)
    const answer = await reading(c, machine, 'oversight', (tx) => signRelease(tx, releaseId, hash, requestIdOf(c)))
    if (answer === 'not_allowed') throw new Refused(403, answer)
    if (answer === 'not_prepared') throw new Refused(404, 'not_found')
    if (answer !== 'signed') throw new Refused(409, answer)
    return c.json({ done: true })
  })
}

function shown(release: Release): ShownRelease {
  return { ...release, notes: notesOf(release.table) }
}
