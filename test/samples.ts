import type { Answer, Op } from '../src/core/op.ts'
import { addMillis, type Instant } from '../src/core/time.ts'

/** Who sends an example: the worker of the case, who supervises it, or the clinician on its team. */
export type By = 'worker' | 'supervisor' | 'clinician'

/** Sends one operation as one of them, in process or over HTTP; answers the gate's answer. */
export type Sending = Pick<Op, 'type' | 'payload' | 'baseVersion' | 'claimedAt'>
export type Sender = (by: By, op: Sending) => Promise<Answer>

/** A case on which every operation has something to do: with a contact, and a difference that waits for a person. */
export type Scene = {
  id: () => string
  /** Words somebody typed: what a C2 field is filled with. Short ones fit where a few letters are allowed. */
  word: (field: string) => string
  now: Instant
  caseId: string
  contactId: string
  conflictId: string
  /** A file that may be the same child's, waiting for an answer; only where a test made it. */
  hitId: string
  /** A question of another case's worker whether the two belong together; only where a test made it. */
  linkId?: string
  /** When the plan of a case was last changed, as its supervisor sees it: an answer to a plan names what was read. */
  lastPlanned: (caseId: string) => Promise<Instant>
  plannedAt: Instant
  /** When the last sheet of its assessment reached the file, as its supervisor sees it. */
  lastAssessed: (caseId: string) => Promise<Instant>
  assessedAt: Instant
  /** The last payload sent of each type. */
  made: Record<string, Record<string, unknown>>
  orgId: string
  teamId: string
  colleagueId: string
  /** A team of another office, with somebody who supervises it. */
  otherTeamId: string
}

export type SceneSource = Pick<
  Scene,
  'id' | 'word' | 'now' | 'lastPlanned' | 'lastAssessed' | 'orgId' | 'teamId' | 'colleagueId'
> &
  /** Left out where no case moves: an id of nothing stands in its place. */
  Partial<Pick<Scene, 'otherTeamId'>>

type Sample = {
  by: By
  baseVersion?: number
  /** Why it may be done on a closed case, where it may. */
  onClosed?: string
  /** What must have been done before it is accepted, beyond what every scene has. */
  before?: string[]
  /** Only a case that is closed can have this done to it. */
  needsClosed?: true
  /** What must have been made before, which no operation can: such an example is sent only where a test makes it. */
  after?: 'match_hit' | 'clinician_on_team' | 'family_link'
  payload: (scene: Scene) => Record<string, unknown>
}

const HOUR = 3_600_000

/**
 * One accepted example of every operation, with every field filled: what the sweeps of bad input and of canaries start from.
 * A new operation type needs its example here; the sweeps fail and say so while it is missing.
 */
export const SAMPLES: Record<string, Sample> = {
  'cases.open_case': {
    by: 'worker',
    payload: ({ id, orgId, teamId }) => ({
      id: id(),
      alias: anAlias(id()),
      orgId,
      teamId,
      region: 'NC-TL',
      sex: 'female',
      ageBand: '15_17',
      threatened: false,
    }),
  },
  'cases.edit_card': {
    by: 'worker',
    baseVersion: 99,
    payload: ({ caseId, word }) => ({
      id: caseId,
      caseId,
      set: {
        callName: word('callName'),
        carer: word('carer'),
        village: word('village'),
        phoneLast: '417',
      },
    }),
  },
  'cases.edit_identity': {
    by: 'worker',
    baseVersion: 99,
    payload: ({ caseId, word }) => ({
      id: caseId,
      caseId,
      set: { fullName: word('fullName'), approxAge: 15, ageBasis: 'child_statement', language: 'id' },
    }),
  },
  'cases.write_first_answers': {
    by: 'worker',
    payload: ({ id, caseId, word }) => ({
      id: id(),
      caseId,
      safeNow: 'yes',
      safeWords: word('first safeWords'),
      howKnown: 'phone_call',
      howKnownWords: word('first howKnownWords'),
      basis: 'consent',
      basisWords: word('first basisWords'),
    }),
  },
  'cases.edit_safe_start': {
    by: 'worker',
    baseVersion: 99,
    payload: ({ caseId, word }) => ({
      id: caseId,
      caseId,
      set: {
        safeNow: 'not_known',
        safeWords: word('safeWords'),
        howKnown: 'authority',
        howKnownWords: word('howKnownWords'),
        basis: 'not_yet',
        basisWords: word('basisWords'),
      },
    }),
  },
  'cases.request_match': {
    by: 'worker',
    payload: ({ id, caseId, word }) => ({
      id: id(),
      caseId,
      givenNames: word('givenNames'),
      otherNames: word('otherNames'),
      birthYear: 2011,
      sex: 'male',
      origin: word('origin'),
    }),
  },
  'cases.answer_match': {
    by: 'worker',
    onClosed: 'whoever keeps a closed file decides whether to be found',
    after: 'match_hit',
    payload: ({ caseId, hitId }) => ({ hitId, caseId, decision: 'not_the_same' }),
  },
  'cases.take_along': {
    by: 'worker',
    payload: ({ caseId }) => ({ caseId, take: true }),
  },
  'cases.note_print': {
    by: 'worker',
    onClosed: 'what was printed is on paper: it is written down whatever the case has become',
    payload: ({ id, caseId }) => ({ id: id(), caseId, what: 'plan', named: false }),
  },
  'cases.assign': {
    by: 'supervisor',
    payload: ({ caseId, colleagueId, teamId }) => ({ caseId, personId: colleagueId, teamId }),
  },
  'cases.shield_case': {
    by: 'supervisor',
    payload: ({ caseId }) => ({ caseId, threatened: false }),
  },
  'cases.settle_difference': {
    by: 'worker',
    payload: ({ caseId, conflictId, word }) => ({ conflictId, caseId, keep: 'both', both: word('both') }),
  },
  'attachments.add': {
    by: 'worker',
    payload: ({ id, caseId, word }) => ({
      id: id(),
      caseId,
      part: 'narrative',
      kind: 'photo',
      bytes: 300_000,
      sha256: 'a1'.repeat(32),
      title: word('title'),
    }),
  },
  'care.add_note': {
    by: 'worker',
    payload: ({ id, caseId, now, word }) => ({
      id: id(),
      caseId,
      kind: 'home_visit',
      at: now,
      folded: false,
      corrects: null,
      present: word('present'),
      howIsTheChild: word('howIsTheChild'),
      agreed: word('agreed'),
      next: word('next'),
    }),
  },
  'care.edit_task': {
    by: 'worker',
    baseVersion: 0,
    payload: ({ id, caseId, now, word }) => ({
      id: id(),
      caseId,
      set: {
        state: 'open',
        dueAt: addMillis(now, 24 * HOUR),
        ownerId: null,
        waitsFor: 'authority',
        fromNote: null,
        title: word('title'),
        outcome: word('outcome'),
      },
    }),
  },
  'care.edit_plan': {
    by: 'worker',
    baseVersion: 99,
    payload: ({ caseId, word }) => ({
      id: caseId,
      caseId,
      set: {
        wantsSaidOn: '2026-01-05',
        childAgrees: 'agrees',
        carerAgrees: 'not_safe_to_ask',
        reviewOn: '2199-06-01',
        wants: word('wants'),
        wantsHeardBy: word('wantsHeardBy'),
        optionsConsidered: word('optionsConsidered'),
        safetyChild: word('safetyChild'),
        tellPeople: word('tellPeople'),
        notTellPeople: word('notTellPeople'),
        tellSaidOn: '2026-01-05',
        singledOut: word('singledOut'),
        safetyVisit: word('safetyVisit'),
      },
    }),
  },
  'care.edit_goal': {
    by: 'worker',
    baseVersion: 0,
    payload: ({ id, caseId, word }) => ({
      id: id(),
      caseId,
      set: {
        domain: 'education_work',
        state: 'not_started',
        dueOn: '2199-05-01',
        ownerId: null,
        inTheirWords: word('inTheirWords'),
        why: word('why'),
        howWeWillKnow: word('howWeWillKnow'),
        outcome: word('goal outcome'),
      },
    }),
  },
  'care.edit_action': {
    by: 'worker',
    baseVersion: 0,
    payload: ({ id, caseId, made, word }) => ({
      id: id(),
      caseId,
      set: {
        goalId: made['care.edit_goal']?.id ?? id(),
        kind: 'education',
        layer: null,
        status: 'planned',
        dueOn: '2199-05-01',
        ownerId: null,
        safeguards: [],
        what: word('what'),
        purpose: word('purpose'),
        who: word('who'),
        outcome: word('action outcome'),
      },
    }),
  },
  'care.submit_plan': {
    by: 'worker',
    payload: ({ id, caseId, word }) => ({ id: id(), caseId, note: word('note') }),
  },
  'care.decide_plan': {
    by: 'supervisor',
    before: ['care.submit_plan'],
    payload: ({ id, caseId, made, plannedAt, word }) => ({
      id: id(),
      caseId,
      submissionId: made['care.submit_plan']?.id ?? id(),
      decision: 'returned',
      plannedAt,
      reason: word('reason of return'),
    }),
  },
  'care.edit_return': {
    by: 'worker',
    baseVersion: 0,
    payload: ({ id, caseId, word }) => ({
      id: id(),
      caseId,
      set: { kind: 'after_reunification', startsOn: '2025-01-05', endsOn: null, outcome: word('return outcome') },
    }),
  },
  'care.add_follow_up': {
    by: 'worker',
    before: ['care.edit_return'],
    payload: ({ id, caseId, made, now, word }) => ({
      id: id(),
      caseId,
      returnId: made['care.edit_return']?.id ?? id(),
      how: 'home_visit',
      at: now,
      outcomes: { safety: 'mostly', community: '3', family: 'no_answer' },
      childSays: word('childSays'),
      needs: word('needs'),
    }),
  },
  'services.edit_service': {
    by: 'worker',
    baseVersion: 0,
    payload: ({ id, caseId, made, word }) => ({
      id: id(),
      caseId,
      set: {
        kind: 'livelihood',
        provider: 'civil_society',
        state: 'ended',
        goalId: made['care.edit_goal']?.id ?? null,
        startsOn: '2025-01-05',
        nextOn: null,
        endsOn: '2025-03-05',
        ended: 'child_ended',
        childSaidOn: '2025-03-01',
        safeguards: ['not_for_information', 'no_reward_for_harm', 'does_not_single_out', 'known_how_long'],
        layer: null,
        fits: ['childcare', 'same_as_other_children'],
        what: word('service what'),
        who: word('service who'),
        purpose: word('service purpose'),
        childSays: word('service childSays'),
        outcome: word('service outcome'),
      },
    }),
  },
  'services.edit_care_sheet': {
    by: 'worker',
    baseVersion: 0,
    payload: ({ caseId, word }) => ({
      id: caseId,
      caseId,
      set: {
        childSaidOn: '2026-01-05',
        calledName: word('sheet calledName'),
        speaks: word('sheet speaks'),
        childSays: word('sheet childSays'),
        calms: word('sheet calms'),
        frightens: word('sheet frightens'),
        eats: word('sheet eats'),
        night: word('sheet night'),
        unwell: word('sheet unwell'),
        days: word('sheet days'),
        mayVisit: word('sheet mayVisit'),
        mayNotVisit: word('sheet mayNotVisit'),
        goesOut: word('sheet goesOut'),
        safety: word('sheet safety'),
        callFirst: word('sheet callFirst'),
      },
    }),
  },
  'services.add_day_entry': {
    by: 'worker',
    payload: ({ id, caseId, word }) => ({
      id: id(),
      caseId,
      onDay: '2026-01-05',
      shift: 'night',
      kind: 'incident',
      howItWas: word('howItWas'),
      childSays: word('entry childSays'),
      forNext: word('forNext'),
      told: word('told'),
    }),
  },
  'services.add_session': {
    by: 'worker',
    before: ['services.edit_service'],
    payload: ({ id, caseId, made, word }) => ({
      id: id(),
      caseId,
      serviceId: made['services.edit_service']?.id ?? id(),
      onDay: '2025-01-10',
      came: 'given',
      whyNot: null,
      receivedBy: 'carer',
      acknowledged: 'mark',
      what: word('session what'),
      worth: 250_000,
      agreedBy: word('agreedBy'),
      childSays: word('session childSays'),
    }),
  },
  'services.add_health_note': {
    by: 'clinician',
    after: 'clinician_on_team',
    before: ['services.edit_service'],
    payload: ({ id, caseId, made, word }) => ({
      id: id(),
      caseId,
      serviceId: made['services.edit_service']?.id ?? id(),
      onDay: '2025-01-10',
      kind: 'mental_health',
      layer: 'l4_specialised',
      note: word('health note'),
      next: word('health next'),
    }),
  },
  'best_interests.record': {
    by: 'worker',
    payload: ({ id, caseId, now, word }) => ({
      id: id(),
      caseId,
      kind: 'bid',
      about: ['closure', 'return', 'transfer'],
      outcome: 'act',
      decidedAt: addMillis(now, -HOUR),
      reviewOn: '2199-06-01',
      reviews: null,
      triggers: ['testify'],
      question: word('question'),
      options: [
        {
          what: word('option what'),
          speaksFor: word('speaksFor'),
          speaksAgainst: word('speaksAgainst'),
          isChosen: true,
        },
        {
          what: word('option what'),
          speaksFor: word('speaksFor'),
          speaksAgainst: word('speaksAgainst'),
          isChosen: false,
        },
      ],
      childHeard: 'heard',
      childView: word('childView'),
      familyHeard: 'heard',
      familyView: word('familyView'),
      safety: word('safety'),
      familyUnity: word('familyUnity'),
      identityAndCulture: word('identityAndCulture'),
      health: word('health'),
      development: word('development'),
      vulnerabilities: word('vulnerabilities'),
      publicSafety: word('publicSafety'),
      childRights: word('childRights'),
      reconciled: word('reconciled'),
      decision: word('decision'),
      reasons: word('reasons'),
      panel: ['child_protection', 'health', 'education'].map((as) => ({
        as,
        undertook: true,
        conflict: 'none',
        position: 'agrees',
        seatWords: word('seatWords'),
      })),
      appealToldOn: '2026-01-05',
    }),
  },
  'best_interests.appeal': {
    by: 'worker',
    before: ['best_interests.record'],
    payload: ({ id, caseId, made, now, word }) => ({
      id: id(),
      caseId,
      recordId: made['best_interests.record']?.id ?? id(),
      askedBy: 'child',
      askedAt: now,
      why: word('appeal why'),
    }),
  },
  'best_interests.protect_now': {
    by: 'worker',
    payload: ({ id, caseId, now, word }) => ({
      id: id(),
      caseId,
      decision: 'separation',
      protectedAt: now,
      what: word('protection what'),
      why: word('protection why'),
      childSays: word('protection childSays'),
      childSaidOn: '2026-01-05',
      childSilent: null,
    }),
  },
  'best_interests.decide': {
    by: 'worker',
    before: ['best_interests.protect_now'],
    payload: ({ id, caseId, now, word }) => ({
      id: id(),
      caseId,
      decision: 'separation',
      decidedAt: now,
      what: word('decision what'),
      childTold: word('childTold'),
      childSays: word('decision childSays'),
      childSaidOn: '2026-01-05',
      childSilent: null,
    }),
  },
  'conference.call': {
    by: 'worker',
    payload: ({ id, caseId, now, word, colleagueId }) => ({
      id: id(),
      caseId,
      at: addMillis(now, -HOUR),
      replaces: null,
      agenda: word('agenda'),
      invited: [{ personId: colleagueId, as: null }],
    }),
  },
  'conference.record': {
    by: 'worker',
    before: ['conference.call', 'referrals.record_consent'],
    payload: ({ id, caseId, made, now, word, colleagueId }) => ({
      id: id(),
      caseId,
      conferenceId: made['conference.call']?.id ?? id(),
      kind: 'held',
      at: now,
      corrects: null,
      why: word('why called off'),
      seats: [
        { personId: colleagueId, as: null },
        { personId: null, as: 'school_focal' },
      ].map((seat) => ({
        ...seat,
        presence: 'came',
        position: 'agrees',
        seatWords: word('seatWords'),
      })),
      childVoice: 'itself',
      childView: word('conference childView'),
      childNotHeard: word('childNotHeard'),
      carerVoice: 'worker',
      carerView: word('carerView'),
      talked: word('talked'),
      decisions: [
        {
          id: id(),
          what: word('decision what'),
          childSays: word('childSays'),
          ownerId: colleagueId,
          ownerAs: null,
          dueOn: '2199-06-01',
        },
      ],
      childTold: word('childTold'),
    }),
  },
  'supervision.note_talk': {
    by: 'supervisor',
    onClosed: 'what was hard about a case is talked about after it has ended as well',
    payload: ({ id, caseId, word, now, colleagueId }) => ({
      id: id(),
      caseId,
      withId: colleagueId,
      heldOn: now.slice(0, 10),
      nextOn: '2199-01-01',
      talked: word('talked'),
      agreed: word('talk agreed'),
      needed: word('needed'),
    }),
  },
  'supervision.review_file': {
    by: 'supervisor',
    onClosed: 'a file that has ended is looked at like any other',
    payload: ({ id, caseId, word, now }) => ({
      id: id(),
      caseId,
      month: `${now.slice(0, 7)}-01`,
      putRightBy: '2199-01-01',
      answers: [{ question: 'own_words', answer: 'partly' }],
      good: word('good'),
      found: word('found'),
    }),
  },
  'supervision.put_right': {
    by: 'worker',
    before: ['supervision.review_file'],
    payload: ({ id, caseId, made, word }) => ({
      id: id(),
      caseId,
      reviewId: made['supervision.review_file']?.id ?? id(),
      done: word('done'),
    }),
  },
  'closure.ask_to_close': {
    by: 'worker',
    payload: ({ id, caseId, word }) => ({
      id: id(),
      caseId,
      reason: 'other',
      told: 'told',
      toldOn: '2026-01-05',
      toldLanguage: 'id',
      feedback: 'given',
      contact: 'agreed',
      contactWay: 'call',
      contactOn: '2199-01-05',
      contactUntil: '2199-06-05',
      asksToKeep: true,
      toldBy: word('toldBy'),
      toldWords: word('toldWords'),
      feedbackWords: word('feedbackWords'),
      contactSafely: word('contactSafely'),
      reasonWords: word('reasonWords'),
      attempts: [{ on: '2026-01-04', how: 'visit' }],
    }),
  },
  'closure.make_contact': {
    by: 'worker',
    needsClosed: true,
    onClosed: 'what was agreed for after the closing happens after it',
    payload: ({ id, caseId, made, now }) => ({
      caseId,
      closingId: made[CLOSED]?.id ?? id(),
      madeOn: now.slice(0, 10),
    }),
  },
  'closure.note_request': {
    by: 'worker',
    onClosed: 'a child asks about its file after the work with it has ended',
    payload: ({ id, caseId, now, word }) => ({
      id: id(),
      caseId,
      kind: 'correction',
      askedOn: now.slice(0, 10),
      asks: word('asked later asks'),
      safely: word('how to answer safely'),
    }),
  },
  'closure.answer_request': {
    by: 'worker',
    before: ['closure.note_request'],
    onClosed: 'what a child asked of a closed file is answered on it',
    payload: ({ id, caseId, made, now, word }) => ({
      id: id(),
      caseId,
      requestId: made['closure.note_request']?.id ?? id(),
      answeredOn: now.slice(0, 10),
      answer: word('later answer'),
    }),
  },
  'closure.reopen_case': {
    by: 'worker',
    needsClosed: true,
    onClosed: 'a case is opened again because it is closed',
    payload: ({ id, caseId, word }) => ({ id: id(), caseId, reason: 'child_asks', why: word('why again open') }),
  },
  'closure.hold_erasure': {
    by: 'worker',
    onClosed: 'what is erased is what was closed',
    payload: ({ id, caseId, now, word }) => ({
      id: id(),
      caseId,
      untilOn: addMillis(now, 30 * 24 * HOUR).slice(0, 10),
      instrument: word('instrument'),
      why: word('why held'),
    }),
  },
  'closure.end_hold': {
    by: 'supervisor',
    before: ['closure.hold_erasure'],
    onClosed: 'what was held on a closed case ends on it',
    payload: ({ id, caseId, made }) => ({ caseId, holdId: made['closure.hold_erasure']?.id ?? id() }),
  },
  'closure.give_return_code': {
    by: 'worker',
    onClosed: 'a child that comes back to a closed case gets a new paper',
    payload: ({ id, caseId }) => ({
      id: id(),
      caseId,
      salt: id().replaceAll('-', ''),
      digest: (id() + id()).replaceAll('-', ''),
    }),
  },
  'family.edit_person': {
    by: 'worker',
    baseVersion: 0,
    payload: ({ id, caseId, word }) => ({
      id: id(),
      caseId,
      set: {
        state: 'now',
        relation: 'aunt',
        roles: ['caregiver', 'emergency'],
        inHousehold: true,
        mayBeCalled: 'at_times',
        language: 'id',
        callName: word('person callName'),
        phone: '+62 811 000 417',
        calledWhen: word('calledWhen'),
        about: word('person about'),
      },
    }),
  },
  'family.edit_tracing': {
    by: 'worker',
    baseVersion: 0,
    payload: ({ id, caseId, word }) => ({
      id: id(),
      caseId,
      set: {
        state: 'open',
        childWants: 'yes',
        relation: 'mother',
        nextOn: '2199-05-01',
        whom: word('whom'),
        next: word('next of tracing'),
        outcome: word('outcome of tracing'),
      },
    }),
  },
  'family.add_step': {
    by: 'worker',
    before: ['family.edit_tracing'],
    payload: ({ id, caseId, made, word }) => ({
      id: id(),
      caseId,
      tracingId: made['family.edit_tracing']?.id ?? id(),
      action: 'case_by_case',
      doneOn: '2026-01-05',
      cameOfIt: 'a_trace',
      words: word('step words'),
    }),
  },
  'family.verify': {
    by: 'worker',
    before: ['family.edit_tracing'],
    payload: ({ id, caseId, made, word }) => ({
      id: id(),
      caseId,
      tracingId: made['family.edit_tracing']?.id ?? id(),
      doneOn: '2026-01-05',
      isFamily: true,
      childSays: word('verified child'),
      familySays: word('verified familySays'),
      how: word('verified how'),
    }),
  },
  'family.reunify': {
    by: 'worker',
    before: ['family.edit_tracing', 'family.verify'],
    payload: ({ id, caseId, made, word }) => ({
      id: id(),
      caseId,
      tracingId: made['family.edit_tracing']?.id ?? id(),
      kind: 'full',
      fromOn: '2026-01-10',
      childAgrees: 'agrees',
      firstVisitOn: '2026-01-17',
      childSays: word('return child'),
      agreed: word('return agreed'),
    }),
  },
  'family.request_link': {
    by: 'worker',
    payload: ({ id, caseId, word }) => ({ id: id(), caseId, alias: word('alias'), relation: 'sibling' }),
  },
  'family.answer_link': {
    by: 'worker',
    after: 'family_link',
    payload: ({ id, caseId, linkId }) => ({ caseId, linkId: linkId ?? id(), decision: 'agreed' }),
  },
  'family.end_link': {
    by: 'worker',
    after: 'family_link',
    payload: ({ id, caseId, linkId }) => ({ caseId, linkId: linkId ?? id() }),
  },
  'justice.ask_without_victim': {
    by: 'worker',
    payload: ({ id, caseId, word }) => ({ id: id(), caseId, why: word('why left out') }),
  },
  'signatures.answer': {
    by: 'supervisor',
    before: ['justice.ask_without_victim'],
    onClosed: 'what was done before a case was closed is countersigned after it',
    payload: ({ id, caseId, made, word }) => ({
      id: id(),
      caseId,
      signatureId: made['justice.ask_without_victim']?.id ?? id(),
      act: 'leave_out_victim',
      decision: 'declined',
      reason: word('reason of declining'),
    }),
  },
  'signatures.note_talk': {
    by: 'worker',
    before: ['justice.ask_without_victim'],
    onClosed: 'a call for a signature is written down beside the request, also after the case was closed',
    payload: ({ id, caseId, made, now, word }) => ({
      id: id(),
      caseId,
      signatureId: made['justice.ask_without_victim']?.id ?? id(),
      act: 'leave_out_victim',
      personId: null,
      who: word('whom she called'),
      at: now,
      said: 'agreed',
      words: word('what was said on the telephone'),
    }),
  },
  'allocation.edit_wish': {
    by: 'worker',
    baseVersion: 0,
    payload: ({ caseId, word }) => ({
      id: caseId,
      caseId,
      set: { prefers: 'female', language: 'id', saidOn: '2026-01-05', inTheirWords: word('wish inTheirWords') },
    }),
  },
  'allocation.offer_transfer': {
    by: 'supervisor',
    payload: ({ id, caseId, otherTeamId, word }) => ({
      id: id(),
      caseId,
      toTeam: otherTeamId,
      childTold: 'told',
      why: word('transfer why'),
      needs: word('transfer needs'),
      childSays: word('transfer childSays'),
      childSaidOn: '2026-01-05',
      childSilent: null,
    }),
  },
  'allocation.answer_transfer': {
    by: 'supervisor',
    before: ['allocation.offer_transfer'],
    payload: ({ id, caseId, made, word }) => ({
      id: id(),
      caseId,
      transferId: made['allocation.offer_transfer']?.id ?? id(),
      answer: 'withdrawn',
      workerId: null,
      reason: word('transfer reason'),
    }),
  },
  'work.ask': {
    by: 'worker',
    payload: ({ id, caseId, word }) => ({
      id: id(),
      caseId,
      answers: null,
      forWhom: 'supervisor',
      words: word('question words'),
    }),
  },
  'work.call_attention': {
    by: 'supervisor',
    payload: ({ id, caseId, now, word }) => ({
      id: id(),
      caseId,
      reason: 'paper_missing',
      untilOn: addMillis(now, 7 * 24 * HOUR).slice(0, 10),
      words: word('attention words'),
    }),
  },
  'work.end_attention': {
    by: 'worker',
    before: ['work.call_attention'],
    onClosed: 'somebody has looked: nothing of the child changes',
    payload: ({ id, caseId, made }) => ({ id: made['work.call_attention']?.id ?? id(), caseId }),
  },
  'association.make_ready': {
    by: 'worker',
    payload: ({ id, caseId, now, word }) => ({
      id: id(),
      caseId,
      toldAt: now,
      language: 'id',
      lawyer: word('lawyer'),
      toldBy: word('toldBy'),
    }),
  },
  'association.record': {
    by: 'worker',
    before: ['association.make_ready'],
    payload: ({ id, caseId, now, word }) => ({
      id: id(),
      caseId,
      toldAt: now,
      corrects: null,
      saidBy: 'child',
      circumstances: ['brought_by_family'],
      roles: ['domestic_support'],
      wayOut: null,
      childSays: word('childSays'),
      helpNeeded: word('helpNeeded'),
    }),
  },
  'referrals.record_consent': {
    by: 'worker',
    payload: ({ id, caseId, now, word }) => ({
      id: id(),
      caseId,
      purpose: 'referral_specific',
      recipient: 'school_focal',
      text: 'referral_specific_1',
      language: 'en',
      capacity: '15_17',
      child: 'agrees',
      adult: 'agrees',
      adultIs: 'guardian',
      withheld: null,
      askedAt: now,
      endsOn: null,
      organisation: word('organisation'),
      explainedBy: word('explainedBy'),
      childSaid: word('childSaid'),
    }),
  },
  'referrals.record_basis': {
    by: 'worker',
    payload: ({ id, caseId, now, word }) => ({
      id: id(),
      caseId,
      purpose: 'referral_specific',
      recipient: 'health_provider',
      basis: 'vital_interest',
      notAsked: 'cannot_be_asked_now',
      decidedAt: now,
      organisation: word('basis organisation'),
      bestInterests: word('bestInterests'),
    }),
  },
  'referrals.send': {
    by: 'worker',
    before: ['referrals.record_consent'],
    payload: ({ id, caseId, made, now, word }) => ({
      id: id(),
      caseId,
      consentId: made['referrals.record_consent']?.id ?? id(),
      basisId: null,
      need: 'education',
      recipient: 'school_focal',
      sentAt: now,
      answerBy: '2199-05-01',
      organisation: word('letter organisation'),
      toWhom: word('toWhom'),
      replyTo: word('replyTo'),
      message: word('message'),
      lines: [{ field: 'call_name', text: word('text'), why: word('line why') }],
    }),
  },
  'referrals.give_link': {
    by: 'worker',
    before: ['referrals.record_consent', 'referrals.send'],
    payload: ({ id, caseId, made, now }) => ({
      id: id(),
      caseId,
      referralId: made['referrals.send']?.id ?? id(),
      secret: `${id()}${id()}`.replaceAll('-', '').slice(0, 43),
      number: '417203',
      endsAt: addMillis(now, 24 * HOUR),
    }),
  },
  'referrals.end_link': {
    by: 'worker',
    before: ['referrals.record_consent', 'referrals.send', 'referrals.give_link'],
    onClosed: 'a link of a closed case is ended like any other',
    payload: ({ id, caseId, made }) => ({ id: made['referrals.give_link']?.id ?? id(), caseId }),
  },
  'referrals.record_answer': {
    by: 'worker',
    before: ['referrals.record_consent', 'referrals.send'],
    payload: ({ id, caseId, made, now, word }) => ({
      id: id(),
      caseId,
      referralId: made['referrals.send']?.id ?? id(),
      answer: 'accepted',
      answeredAt: now,
      said: word('answer said'),
    }),
  },
  'copies.ask_named_copy': {
    by: 'worker',
    before: ['referrals.record_consent'],
    payload: ({ id, caseId, now, word }) => ({
      id: id(),
      caseId,
      recipient: 'school_focal',
      parts: ['identity'],
      endsAt: addMillis(now, 48 * HOUR),
      toWhom: word('copy toWhom'),
      why: word('copy why'),
    }),
  },
  'referrals.name_care_team': {
    by: 'worker',
    before: ['referrals.record_consent'],
    onClosed: 'naming nobody ends what was open, whatever has become of the case',
    payload: ({ id, caseId, made }) => ({
      id: id(),
      caseId,
      purpose: 'daily_care',
      consentId: made['referrals.record_consent']?.id ?? id(),
      basisId: null,
      people: [],
      endsOn: '2199-06-01',
    }),
  },
  'referrals.withdraw_consent': {
    by: 'worker',
    onClosed: 'a file that is closed is still read, and a child may still say no',
    before: ['referrals.record_consent'],
    payload: ({ id, caseId, made, now, word }) => ({
      id: id(),
      caseId,
      consentId: made['referrals.record_consent']?.id ?? id(),
      by: 'child',
      withdrawnAt: now,
      said: word('said'),
    }),
  },
  'assessment.answer': {
    by: 'worker',
    payload: (scene) => sheetPayload(scene, 'nc_follow_up', { nc_season: { words: scene.word('answer words') } }),
  },
  'assessment.answer_account': {
    by: 'worker',
    payload: (scene) => sheetPayload(scene, 'account', { acc_words: { words: scene.word('account words') } }),
  },
  'assessment.answer_health': {
    by: 'clinician',
    after: 'clinician_on_team',
    payload: (scene) => sheetPayload(scene, 'clinic', { cli_needs: { words: scene.word('health words') } }),
  },
  'assessment.check_safety': {
    by: 'worker',
    payload: ({ id, caseId, now, word }) => ({
      id: id(),
      caseId,
      at: now,
      how: 'seen',
      safeNow: 'no',
      harmToChild: 'high',
      nextOn: addMillis(now, 7 * 24 * HOUR).slice(0, 10),
      childSaidOn: '2026-01-05',
      childSays: word('check childSays'),
      couldHarm: word('couldHarm'),
      done: word('done'),
    }),
  },
  'assessment.submit': {
    by: 'worker',
    payload: ({ id, caseId, word }) => ({
      id: id(),
      caseId,
      roundId: caseId,
      harmToChild: 'high',
      childSaidOn: '2026-01-05',
      childSilent: null,
      conclusion: word('conclusion'),
      childSays: word('conclusion childSays'),
    }),
  },
  'assessment.decide': {
    by: 'supervisor',
    before: ['assessment.submit'],
    payload: ({ id, caseId, made, assessedAt, word }) => ({
      id: id(),
      caseId,
      submissionId: made['assessment.submit']?.id ?? id(),
      decision: 'approved',
      seenAt: assessedAt,
      reason: word('reason of approval'),
    }),
  },
  'assessment.assess_again': {
    by: 'worker',
    before: ['assessment.decide'],
    payload: ({ id, caseId, word }) => ({ id: id(), caseId, why: word('why again') }),
  },
  'justice.record_contact': {
    by: 'worker',
    payload: (scene) => contactPayload(scene),
  },
  'justice.answer_safeguard': {
    by: 'worker',
    payload: ({ id, caseId, contactId, now, word }) => ({
      id: id(),
      caseId,
      contactId,
      safeguardId: 'SG-LIB-02',
      state: 'not_met',
      at: now,
      saidBy: word('answer saidBy'),
      words: word('answer words'),
    }),
  },
}

/** The sections that a hand-in waits for. */
export const SECTIONS = [
  'strengths',
  'family',
  'safety',
  'wellbeing',
  'functioning',
  'education',
  'livelihood',
  'documents',
  'community',
]

function sheetPayload({ id, caseId, now, word }: Scene, section: string, answers: Record<string, unknown>) {
  return {
    id: id(),
    caseId,
    roundId: section === 'nc_follow_up' ? null : caseId,
    section,
    at: now,
    mark: 'answers',
    stops: false,
    childSaidOn: '2026-01-05',
    toldBy: 'child',
    answers,
    why: word('why'),
    childSays: word('sheet childSays'),
    next: word('next'),
  }
}

function contactPayload({ id, caseId, now, word }: Scene): Record<string, unknown> {
  const at = addMillis(now, -2 * HOUR)
  return {
    id: id(),
    caseId,
    kind: 'detention',
    capacities: ['victim'],
    authority: 'police_other',
    startedAt: at,
    firstCustodyAt: at,
    knownAt: now,
    detainedAt: at,
    releasedAt: null,
    corrects: null,
    heldAt: word('heldAt'),
    toldBy: word('toldBy'),
    present: word('present'),
    reason: word('reason'),
    alternativesTried: word('alternativesTried'),
    legalBasis: word('legalBasis'),
    courtRef: word('courtRef'),
    whyAgain: word('whyAgain'),
    victimRemovedWords: word('victimRemovedWords'),
    answers: { lawyer: { state: 'not_met', saidBy: word('lawyer saidBy'), at } },
  }
}

/** An alias no other case has: letters only, from an id. */
export function anAlias(id: string): string {
  const letters = id.replace(/[^0-9a-f]/g, '').replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? 'g')
  return `Sample ${letters.slice(0, 20)}x`
}

/** A scene before its first step. */
export function bareScene(source: SceneSource): Scene {
  return {
    ...source,
    otherTeamId: source.otherTeamId ?? source.id(),
    caseId: '',
    contactId: '',
    conflictId: '',
    hitId: '',
    plannedAt: source.now,
    assessedAt: source.now,
    made: {},
  }
}

/** Opens a case and brings it where every sample can be sent; throws when a step is not accepted. */
export async function aScene(source: SceneSource, send: Sender): Promise<Scene> {
  const scene = bareScene(source)
  const open = await step(send, scene, 'cases.open_case')
  scene.caseId = String(open.payload.id)
  const contact = await step(send, scene, 'justice.record_contact')
  scene.contactId = String(contact.payload.id)
  // Two edits of the same field that did not know of each other leave a difference.
  await step(send, scene, 'cases.edit_card', 0)
  const edit = await step(send, scene, 'cases.edit_card', 0, { set: { callName: source.word('callName again') } })
  if (edit.answer.answer === 'accepted') scene.conflictId = edit.answer.conflicts[0]?.conflictId ?? ''
  for (const type of ['care.edit_goal', 'care.edit_action', 'care.edit_plan']) await step(send, scene, type, 0)
  // An assessment that can be handed in: a fictional child for whom no section is needed.
  for (const section of SECTIONS) {
    const over = { section, roundId: scene.caseId, mark: 'not_needed', answers: {} }
    await step(send, scene, 'assessment.answer', undefined, over)
  }
  // An assessment holds by itself: the case may be closed.
  const short = { kind: 'bia_short', panel: [], triggers: [] }
  await step(send, scene, 'best_interests.record', undefined, short)
  delete scene.made['best_interests.record']
  return scene
}

/** Does what must have been done before an operation of this type is accepted. */
export async function ready(send: Sender, scene: Scene, type: string): Promise<void> {
  for (const earlier of SAMPLES[type]?.before ?? []) {
    if (scene.made[earlier] !== undefined) continue
    await ready(send, scene, earlier)
    await step(send, scene, earlier)
  }
  if (SAMPLES[type]?.needsClosed === true) await closeScene(send, scene)
  if (type === 'care.decide_plan') scene.plannedAt = await scene.lastPlanned(scene.caseId)
  if (type === 'assessment.decide') scene.assessedAt = await scene.lastAssessed(scene.caseId)
}

/** Where a scene keeps the closing its case ended by, until it is opened again. */
const CLOSED = 'closed'

/** Closes the case of a scene, unless it is: the worker asks, unless she has, and the supervisor signs. */
export async function closeScene(send: Sender, scene: Scene): Promise<void> {
  if (scene.made[CLOSED] !== undefined) return
  if (scene.made['closure.ask_to_close'] === undefined) await step(send, scene, 'closure.ask_to_close')
  const asked = { act: 'close_case', signatureId: scene.made['closure.ask_to_close']?.id }
  await step(send, scene, 'signatures.answer', undefined, { ...asked, decision: 'signed' })
  scene.made[CLOSED] = { id: asked.signatureId }
  delete scene.made['closure.ask_to_close']
}

/** Done by every scene, or changes whose case it is. */
const NOT_AGAIN = ['cases.open_case', 'cases.edit_card', 'justice.record_contact']

/** Sends one of every operation that a person can do on a scene, but for those that end it. */
export async function doEverything(send: Sender, scene: Scene, except: readonly string[] = []): Promise<void> {
  for (const [type, { after }] of Object.entries(SAMPLES)) {
    if (after !== undefined || [...NOT_AGAIN, ...except].includes(type)) continue
    await ready(send, scene, type)
    await step(send, scene, type)
  }
}

/** Sends one sample of a scene; `over` replaces fields of its payload. */
export async function step(
  send: Sender,
  scene: Scene,
  type: string,
  baseVersion?: number,
  over: Record<string, unknown> = {},
): Promise<{ payload: Record<string, unknown>; answer: Answer }> {
  const sample = SAMPLES[type]
  if (sample === undefined) throw new Error(`${type} has no example: add one to test/samples.ts`)
  const payload = { ...sample.payload(scene), ...over }
  const of = { type, payload, baseVersion: baseVersion ?? sample.baseVersion ?? null, claimedAt: scene.now }
  const answer = await send(sample.by, of)
  if (answer.answer !== 'accepted') throw new Error(`the example of ${type} is accepted: ${JSON.stringify(answer)}`)
  scene.made[type] = payload
  if (type === 'closure.reopen_case') delete scene.made[CLOSED]
  return { payload, answer }
}
