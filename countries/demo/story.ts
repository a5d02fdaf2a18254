import type { PublicPack } from '../../src/core/country.ts'
import { addMillis, dayOf, instant, type Instant } from '../../src/core/time.ts'
import { makeAlias } from '../../src/features/cases/alias.ts'
import { ORGANISATIONS, PEOPLE, TEAMS } from './people.ts'
import { tellAssessment } from './assessment-story.ts'
import { tellCare } from './care-story.ts'
import { tellAgreements } from './consent-story.ts'
import { tellServices } from './services-story.ts'
import { tellFiles } from './file-story.ts'
import { endedAt, tellAfterwards, tellClosing } from './closing-story.ts'
import { tellFamily } from './family-story.ts'
import { tellMonths } from './months-story.ts'
import { tellConferences } from './conference-story.ts'
import { madeUpNames, seeded } from './seeded.ts'
import { tellPsychologist, tellShelter } from './shelter-story.ts'
import { tellSupervision } from './supervision-story.ts'
import { tellWork } from './work-story.ts'
import { anAssessment, MOVES_ALONG, tellWeighing } from './weighing-story.ts'

/** One step of the story: who does what, when. */
export type StoryStep = {
  by: string
  at: Instant
  type: string
  payload: Record<string, unknown>
  baseVersion?: number
  /** What follows a file that is announced. */
  file?: Uint8Array
  /** Of a file that months are told of: the server heard of it then, and keeps its own moment of it. */
  isHeardThen?: boolean
}

const HOUR = 3_600_000

/**
 * The fictional children of the demo, as operations of its fictional people. Moments are offsets from `start`, so that one
 * clock is always about to pass; the same start gives the same ids and contents.
 */
export function tellStory(start: Instant, pack: PublicPack): StoryStep[] {
  const random = seeded(20260301)
  const words = pack.aliasWords.en
  if (words === undefined) throw new Error('the demo pack has English alias words')
  const ago = (hours: number) => addMillis(start, -hours * HOUR)
  const [sari, dedi, , lina, , , tomi, , rima, anton] = PEOPLE
  const steps: StoryStep[] = []

  function openCase(
    by: (typeof PEOPLE)[number],
    at: Instant,
    about: { sex: string; ageBand: string; region: string; threatened?: boolean; alias?: string },
    id = random.uuid(),
  ): string {
    const { alias, threatened = false, ...codes } = about
    steps.push({
      by: by.id,
      at,
      type: 'cases.open_case',
      payload: {
        id,
        alias: alias ?? makeAlias(words ?? { first: [], second: [] }, random.below(1_000_000), random.below(1_000_000)),
        orgId: by.orgId,
        teamId: by.team ?? TEAMS[0].id,
        threatened,
        ...codes,
      },
    })
    return id
  }
  const edit = (by: { id: string }, at: Instant, type: string, caseId: string, set: Record<string, unknown>) =>
    steps.push({ by: by.id, at, type, baseVersion: 0, payload: { id: caseId, caseId, set } })

  function contact(by: { id: string }, at: Instant, caseId: string, of: Record<string, unknown>): string {
    const id = random.uuid()
    steps.push({
      by: by.id,
      at,
      type: 'justice.record_contact',
      payload: {
        id,
        caseId,
        kind: 'detention',
        capacities: ['victim'],
        authority: 'police_other',
        knownAt: at,
        startedAt: at,
        firstCustodyAt: null,
        detainedAt: null,
        releasedAt: null,
        corrects: null,
        answers: {},
        heldAt: null,
        toldBy: null,
        present: null,
        reason: null,
        alternativesTried: null,
        legalBasis: null,
        courtRef: null,
        whyAgain: null,
        victimRemovedWords: null,
        ...of,
      },
    })
    return id
  }

  let children = 0
  /** Takes the first steps that leave nothing else on a card: who the child is, and whether it may be known elsewhere. */
  function firstSteps(by: { id: string }, at: Instant, caseId: string, sex: string, approxAge: number): void {
    const [given, other] = madeUpNames(children)
    children += 1
    edit(by, at, 'cases.edit_identity', caseId, { approxAge, ageBasis: 'child_statement' })
    const birthYear = Number(at.slice(0, 4)) - approxAge
    const origin = `${other} Bay`
    steps.push({
      by: by.id,
      at,
      type: 'cases.request_match',
      payload: { id: random.uuid(), caseId, givenNames: given, otherNames: other, birthYear, sex, origin },
    })
  }

  // Blue Heron: held since 18 hours ago, the 24 hours to a judge run out in six.
  const heron = openCase(sari, ago(17), { alias: 'Blue Heron', sex: 'male', ageBand: '12_14', region: 'NC-TL' })
  contact(sari, ago(17), heron, {
    startedAt: ago(18),
    firstCustodyAt: ago(18),
    detainedAt: ago(18),
    heldAt: 'Police post at the harbour (fictional)',
    toldBy: 'The duty officer telephoned',
    answers: {
      lawyer: { state: 'not_known' },
      apart_from_adults: { state: 'met', saidBy: 'Duty officer' },
      legal_basis: { state: 'not_known' },
    },
  })
  edit(sari, ago(16), 'cases.edit_card', heron, {
    callName: 'Adi',
    carer: 'His aunt',
    village: 'Lower Harbour',
    phoneLast: '417',
  })
  edit(sari, ago(16), 'cases.edit_safe_start', heron, { safeNow: 'not_known', howKnown: 'authority', basis: 'not_yet' })

  // Quiet River: the limit has passed, and nobody has shown that a judge saw the child.
  const river = openCase(dedi, ago(30), { alias: 'Quiet River', sex: 'female', ageBand: '15_17', region: 'NC-TL' })
  contact(dedi, ago(30), river, {
    startedAt: ago(31),
    firstCustodyAt: ago(31),
    detainedAt: ago(31),
    heldAt: 'Border post 4 (fictional)',
    authority: 'border_immigration',
    answers: { lawyer: { state: 'met', saidBy: 'Legal aid post' }, apart_from_adults: { state: 'not_known' } },
  })
  edit(dedi, ago(29), 'cases.edit_card', river, {
    callName: 'Mila',
    carer: 'Her mother',
    village: 'Upper Ridge',
    phoneLast: '902',
  })

  // Morning Rice: heard in time and released; the file goes on.
  const rice = openCase(sari, ago(24 * 9), { alias: 'Morning Rice', sex: 'male', ageBand: '15_17', region: 'NC-TL' })
  contact(sari, ago(24 * 9), rice, {
    startedAt: ago(24 * 9 + 2),
    firstCustodyAt: ago(24 * 9 + 2),
    detainedAt: ago(24 * 9 + 2),
  })
  contact(sari, ago(24 * 8), rice, { kind: 'hearing', authority: 'child_protection', startedAt: ago(24 * 8 + 6) })
  contact(sari, ago(24 * 7), rice, { kind: 'release', startedAt: ago(24 * 7), releasedAt: ago(24 * 7) })
  edit(sari, ago(24 * 8), 'cases.edit_card', rice, {
    callName: 'Bayu',
    carer: 'His grandmother',
    village: 'Rice Terrace',
    phoneLast: '338',
  })
  edit(sari, ago(24 * 8), 'cases.edit_safe_start', rice, { safeNow: 'yes', howKnown: 'phone_call', basis: 'assent' })
  firstSteps(sari, ago(24 * 8), rice, 'male', 16)

  // Everyday cases of the same office: nothing on a screen tells one kind of case from another.
  const everyday: string[] = []
  for (const [hours, sex, ageBand] of [
    [60, 'female', '6_11'],
    [100, 'male', '0_5'],
    [140, 'female', '15_17'],
  ] as const) {
    const id = openCase(sari, ago(hours), { sex, ageBand, region: 'NC-TL' })
    edit(sari, ago(hours - 1), 'cases.edit_safe_start', id, { safeNow: 'yes', howKnown: 'school', basis: 'consent' })
    // Of one child nobody has asked yet whether it is known elsewhere: the one late first step of a newcomer's day.
    if (hours !== 60) firstSteps(sari, ago(hours - 2), id, sex, sex === 'male' ? 4 : 16)
    else edit(sari, ago(hours - 2), 'cases.edit_identity', id, { approxAge: 9, ageBasis: 'birth_certificate' })
    everyday.push(id)
  }
  const put = (step: StoryStep) => void steps.push(step)
  const [young = '', , last = ''] = everyday
  tellFamily({ by: sari, ago, id: random.uuid, put }, heron, rice)
  const goals = tellCare({ by: sari, ago, id: random.uuid, put }, heron, rice, young)
  const calm = tellServices({ by: sari, ago, id: random.uuid, put }, heron, rice, goals)
  tellAgreements({ by: sari, supervisor: PEOPLE[2], ago, id: random.uuid, put }, heron, rice)
  const beside = { worker: sari, keyWorker: PEOPLE[13], night: PEOPLE[14], psychologist: PEOPLE[15] }
  tellShelter({ ...beside, ago, id: random.uuid, put }, last)
  tellPsychologist({ ...beside, ago, id: random.uuid, put }, rice, calm)
  tellAssessment({ by: sari, ago, id: random.uuid, put }, heron, rice, everyday)
  tellWeighing({ by: sari, ago, id: random.uuid, put }, heron, rice)
  tellWork({ worker: sari, supervisor: PEOPLE[2], ago, id: random.uuid, put }, rice, young, last)
  tellSupervision({ worker: sari, supervisor: PEOPLE[2], ago, id: random.uuid, put }, heron, rice)
  tellConferences({ worker: sari, supervisor: PEOPLE[2], ago, id: random.uuid, put }, heron, rice)
  openCase(dedi, ago(50), { sex: 'female', ageBand: '12_14', region: 'NC-TL', threatened: true })

  // The officer on duty took a call: the case waits for a worker, and it is known which language the child speaks.
  const call = openCase(PEOPLE[12], ago(3), { sex: 'female', ageBand: '12_14', region: 'NC-TL' })
  edit(PEOPLE[12], ago(3), 'cases.edit_identity', call, { approxAge: 13, ageBasis: 'child_statement', language: 'id' })

  // Last year: two provinces with enough children behind a figure, and one without. A year must be over before its
  // provinces are shown, and a quarter before it is counted.
  const ended: { caseId: string; closing: string; endsAt: Instant }[] = []
  const lastYear = instant(`${Number(start.slice(0, 4)) - 1}-02-03T02:00:00Z`)
  for (const [by, count] of [
    [sari, 11],
    [rima, 11],
    [lina, 11],
    [anton, 11],
    [tomi, 3],
  ] as const) {
    for (let n = 0; n < count; n += 1) {
      const heldAt = addMillis(lastYear, n * 23 * 24 * HOUR)
      const then = (hours: number) => addMillis(heldAt, hours * HOUR)
      const id = openCase(by, then(1), {
        sex: n % 3 === 0 ? 'female' : 'male',
        ageBand: n % 4 === 0 ? '12_14' : '15_17',
        region: regionOf(by),
      })
      contact(by, then(1), id, { startedAt: heldAt, firstCustodyAt: heldAt, detainedAt: heldAt })
      // Two of three are heard in time; of the others one is heard late, and of one nobody has shown that it was.
      if (n % 6 !== 2) contact(by, then(40), id, { kind: 'hearing', startedAt: then(n % 6 === 5 ? 31 : 20) })
      // Handed over to child protection, most within two days; where nobody recorded it, it is not shown to have been kept.
      if (n % 3 !== 2) contact(by, then(60), id, { kind: 'handover', startedAt: then(n % 6 === 4 ? 58 : 44) })
      contact(by, then(62), id, { kind: 'release', startedAt: then(61), releasedAt: then(61) })
      // Files that stay open have had their first steps long ago; the others were closed.
      if (by !== sari) {
        edit(by, then(3), 'cases.edit_safe_start', id, { safeNow: 'yes', howKnown: 'authority', basis: 'consent' })
        firstSteps(by, then(4), id, n % 3 === 0 ? 'female' : 'male', n % 4 === 0 ? 13 : 16)
      } else {
        const endsAt = endedAt(start, count - 1 - n)
        const around = { by, supervisor: PEOPLE[2], id: random.uuid, put }
        ended.push({ caseId: id, closing: tellClosing(around, id, endsAt), endsAt })
      }
    }
  }
  // A case of the hills whose family moved to the coast: weighed, and offered to the Teluk team.
  const moved = steps.find((step) => step.type === 'cases.open_case' && step.by === lina.id)
  steps.push({
    by: lina.id,
    at: ago(30),
    type: 'best_interests.record',
    payload: anAssessment({ id: random.uuid(), caseId: String(moved?.payload.id), at: ago(30) }, MOVES_ALONG),
  })
  steps.push({
    by: PEOPLE[4].id,
    at: ago(26),
    type: 'allocation.offer_transfer',
    payload: {
      id: random.uuid(),
      caseId: moved?.payload.id,
      toTeam: TEAMS[0].id,
      childTold: 'told',
      why: 'The family moved to the coast for the fishing season and means to stay.',
      needs: 'The school there has a place; the follow-up contact of this month is still to come.',
    },
  })
  tellFiles({ by: sari, ago, id: random.uuid, put }, rice)

  // Files of months, and what came after those that ended: the server heard of them then.
  const goOn = tellMonths({
    workers: [sari, dedi],
    supervisor: PEOPLE[2],
    ago,
    id: random.uuid,
    put,
    open: openCase,
    begin(by, at, caseId, { sex, age, card }) {
      edit(by, at, 'cases.edit_card', caseId, { ...card })
      edit(by, at, 'cases.edit_safe_start', caseId, { safeNow: 'yes', howKnown: 'school', basis: 'consent' })
      firstSteps(by, at, caseId, sex, age)
    },
    month: `${dayOf(start, pack.timeZone).slice(0, 7)}-01`,
  })
  tellAfterwards({ by: sari, id: random.uuid, put }, start, ended)
  const ofMonths = new Set<unknown>([...goOn, ...ended.map(({ caseId }) => caseId)])
  for (const step of steps) if (ofMonths.has(step.payload.caseId ?? step.payload.id)) step.isHeardThen = true
  return steps.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

function regionOf({ orgId }: { orgId: string }): string {
  return ORGANISATIONS.find((one) => one.id === orgId)?.region ?? 'NC-TL'
}
