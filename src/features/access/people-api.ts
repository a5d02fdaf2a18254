import type { Context } from 'hono'
import type * as z from 'zod'
import type { Person } from '../../core/access.ts'
import { sha256 } from '../../crypto/hash.ts'
import { newId, newToken, randomBelow } from '../../crypto/random.ts'
import type { Tx } from '../../server/as-person.ts'
import { type App, bodyOf, reading, Refused, requestIdOf } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import {
  AccountEnd,
  ById,
  Confirming,
  ForPerson,
  Membership,
  MembershipEnd,
  Move,
  NewOrganisation,
  NewPerson,
  NewTeam,
  RoleChange,
  RosterEntry,
  Vouching,
} from './account.ts'
import { enrolLink, macOfCode } from './enrol-store.ts'
import {
  changeRole,
  decideAppointment,
  endAccount,
  endMember,
  endSessionsOf,
  findOffices,
  findPeople,
  latestChanges,
  makeInvitation,
  makeVouch,
  movePerson,
  findRoster,
  openAppointments,
  putMember,
  putOrganisation,
  putOnRoster,
  putPerson,
  putTeam,
  setUpState,
  stopVouch,
  takeOffRoster,
} from './people-store.ts'
import { setUpSteps } from './set-up.ts'
import { noteSignIn } from './store.ts'

/** People, teams and organisations: who may see them, and who may make or change whom. No route here touches a case. */
export function peopleRoutes(app: App, machine: Machine): void {
  app.get('/api/people', async (c) =>
    c.json(
      await reading(c, machine, null, async (tx, me) => {
        if (!['admin', 'dpo', 'supervisor'].includes(me.role)) throw new Refused(404, 'not_found')
        return {
          people: await findPeople(tx),
          offices: await findOffices(tx),
          appointments: await openAppointments(tx),
          roster: await findRoster(tx),
        }
      }),
    ),
  )
  app.get('/api/people/changes', async (c) =>
    c.json({
      changes: await reading(c, machine, null, (tx, me) => {
        if (!['admin', 'dpo'].includes(me.role)) throw new Refused(404, 'not_found')
        return latestChanges(tx)
      }),
    }),
  )
  app.get('/api/set-up', async (c) =>
    c.json(
      await reading(c, machine, null, async (tx, me) => {
        if (!['admin', 'dpo'].includes(me.role)) throw new Refused(404, 'not_found')
        const facts = await setUpState(tx)
        const isOver = machine.config.mode === 'demo' || facts.endedAt !== null
        return { steps: setUpSteps(facts), isOver, endedAt: facts.endedAt }
      }),
    ),
  )
  const route = <T>(path: string, schema: z.ZodType<T>, act: (tx: Tx, body: T, requestId: string) => Promise<string>) =>
    app.post(path, async (c) => {
      const body = await bodyOf(c, schema)
      return done(c, await acting(c, machine, path, (tx) => act(tx, body, requestIdOf(c))))
    })
  route('/api/people/organisations', NewOrganisation, putOrganisation)
  route('/api/people/teams', NewTeam, putTeam)
  route('/api/people/teams/put', Membership, putMember)
  route('/api/people/teams/take-off', MembershipEnd, endMember)
  route('/api/people', NewPerson, putPerson)
  route('/api/people/role', RoleChange, changeRole)
  route('/api/people/move', Move, movePerson)
  route('/api/people/roster', RosterEntry, putOnRoster)
  route('/api/people/roster/take-off', ById, (tx, { id }, requestId) => takeOffRoster(tx, id, requestId))
  route('/api/people/end', AccountEnd, endAccount)
  route('/api/people/end-sessions', ForPerson, (tx, { personId }, requestId) => endSessionsOf(tx, personId, requestId))
  route('/api/people/decide', Confirming, decideAppointment)
  route('/api/people/vouch/stop', ById, (tx, { id }, requestId) => stopVouch(tx, id, requestId))
  keyRoutes(app, machine)
}

/** The two halves of a new key, each shown once to one person: the number to who vouches, the link to who issues it. */
function keyRoutes(app: App, machine: Machine): void {
  app.post('/api/people/vouch', async (c) => {
    const vouching = await bodyOf(c, Vouching)
    const code = `${fourDigits()} ${fourDigits()}`
    const mac = await macOfCode(machine.keys, vouching.id, code.replace(' ', ''))
    const answer = await acting(c, machine, '/api/people/vouch', (tx) => makeVouch(tx, vouching, mac, requestIdOf(c)))
    return answer === 'done' ? c.json({ code }) : done(c, answer)
  })
  app.post('/api/people/invite', async (c) => {
    const { personId } = await bodyOf(c, ForPerson)
    const token = newToken()
    const answer = await acting(c, machine, '/api/people/invite', (tx) =>
      makeInvitation(tx, { id: newId(), personId }, sha256(token), requestIdOf(c)),
    )
    return answer === 'done' ? c.json({ link: enrolLink(machine, token) }) : done(c, answer)
  })
}

function fourDigits(): string {
  return String(randomBelow(10_000)).padStart(4, '0')
}

/** One change in one transaction; a refused one leaves a denial in the ledger. */
function acting(
  c: Context,
  machine: Machine,
  path: string,
  act: (tx: Tx, me: Person) => Promise<string>,
): Promise<string> {
  return reading(c, machine, null, async (tx, me) => {
    const answer = await act(tx, me)
    if (answer !== 'done' && answer !== 'waits')
      await noteSignIn(tx, path.replace('/api/', '').replaceAll(/[/-]/g, '_'), 'denied', requestIdOf(c))
    return answer
  })
}

/** What a change answers: done, waiting for a second person, or a code a screen has words for. */
export function done(c: Context, answer: string): Response {
  if (answer === 'done') return c.json({ done: true, waits: false })
  if (answer === 'waits') return c.json({ done: false, waits: true })
  if (answer === 'step_up') throw new Refused(401, 'step_up')
  throw new Refused(answer === 'not_found' ? 404 : 409, answer)
}
