import { split } from '../../core/schema.ts'
import { handle } from '../../server/feature.ts'
import { CareTeam } from './care-team.ts'
import { nameCareTeam } from './care-team-ops.ts'
import { findPeopleToName, insertTeam, isFresh } from './care-team-store.ts'
import { saved } from './consent-feature.ts'
import { loadReferrals } from './referral-feature.ts'

const nameTeam = handle({
  op: nameCareTeam,
  caseOf: (payload) => payload.caseId,
  load: async (tx, payload, ctx) => ({
    ...(await loadReferrals(tx, payload, ctx)),
    people: await findPeopleToName(tx, payload.caseId),
    isFresh: await isFresh(tx),
  }),
  async save(tx, team, ctx) {
    await insertTeam(tx, team, { id: ctx.me.id, opId: ctx.opId })
    const { clear } = split(CareTeam, team)
    return saved(team.id, { thing: 'care_team', ...clear, decision: team.people.length === 0 ? 'ended' : 'named' }, {})
  },
})

export const careTeamOps = [nameTeam]
