import type { Instant } from '../../src/core/time.ts'
import type { StoryStep } from './story.ts'

type Around = {
  by: { id: string }
  ago: (hours: number) => Instant
  id: () => string
  put: (step: StoryStep) => void
}

type Said = { [question: string]: object }

/** How the demo's fictional worker assesses her fictional children: one approved, one she stopped in the middle of. */
export function tellAssessment(
  { by, ago, id, put }: Around,
  heron: string,
  rice: string,
  everyday: readonly string[],
): void {
  const on = (hours: number) => ago(hours).slice(0, 10)
  const words = (text: string) => ({ words: text })
  const codes = (...chosen: string[]) => ({ codes: chosen })

  function sheet(
    hours: number,
    caseId: string,
    section: string,
    answers: Said,
    over: Record<string, unknown> = {},
  ): void {
    const type = section === 'account' ? 'assessment.answer_account' : 'assessment.answer'
    const payload = { id: id(), caseId, roundId: caseId, section, at: ago(hours), mark: 'answers', stops: false }
    const said = { childSaidOn: null, toldBy: 'child', answers, why: null, childSays: null, next: null }
    put({ by: by.id, at: ago(hours), type, payload: { ...payload, ...said, ...over } })
  }
  function check(hours: number, caseId: string, over: Record<string, unknown>): void {
    const payload = {
      id: id(),
      caseId,
      at: ago(hours),
      how: 'seen',
      safeNow: 'yes',
      harmToChild: 'medium',
      nextOn: null,
    }
    const said = { childSaidOn: null, childSays: null, couldHarm: null, done: null }
    put({ by: by.id, at: ago(hours), type: 'assessment.check_safety', payload: { ...payload, ...said, ...over } })
  }

  // Morning Rice: at home again, assessed and approved.
  check(24 * 8 - 2, rice, {
    safeNow: 'no',
    harmToChild: 'high',
    couldHarm: 'He sleeps in a room that he cannot lock.',
    done: 'His aunt took him in the same night.',
    childSays: 'I do not want to go back there.',
    childSaidOn: on(24 * 8 - 2),
  })
  check(24 * 6, rice, {
    harmToChild: 'medium',
    nextOn: on(-72),
    childSays: 'At my aunt’s it is quiet.',
    childSaidOn: on(24 * 6),
  })
  sheet(168, rice, 'strengths', {
    str_likes: words('Football, and mending radios'),
    str_people: words('His grandmother; the radio teacher at school'),
    str_calm: words('Sitting with the goats'),
    str_proud: words('He walked home alone and asked for help'),
    str_wants: words('To sleep at his grandmother’s house'),
    str_hopes: words('Repairing radios in the market'),
  })
  sheet(
    167,
    rice,
    'family',
    {
      fam_good: words('His grandmother keeps a place for him at the table'),
      fam_cares: words('His aunt for now'),
      fam_wish: words('With his grandmother'),
      fam_living: codes('kinship'),
      fam_worry: { none: 'no_answer' },
      fam_help: words('A mattress, and somebody who talks with his uncle'),
    },
    { childSays: 'Grandmother never asks. She just cooks.', childSaidOn: on(168) },
  )
  sheet(166, rice, 'safety', {
    saf_where: words('At his grandmother’s, with the neighbour near'),
    saf_does: words('He comes home before dark'),
    saf_afraid: words('Loud knocking at night'),
    saf_harm: codes('no'),
    saf_contact: codes('no'),
    saf_need: words('A lock on the door'),
  })
  sheet(165, rice, 'wellbeing', {
    wel_joy: words('When the goats come'),
    wel_talk: words('His grandmother, a little'),
    wel_sleep: codes('so_so'),
    wel_doctor: codes('soon'),
    wel_support: words('Somebody to talk to who is not from the village'),
  })
  sheet(164, rice, 'functioning', {
    fun_helps: words('Everything a boy of his age does'),
    fun_hard: codes('concentrating'),
    fun_aid: { none: 'not_known' },
    fun_talk: codes('speech'),
  })
  sheet(
    163,
    rice,
    'education',
    {
      edu_likes: words('Physics'),
      edu_wish: words('The last year of school'),
      edu_now: codes('not'),
      edu_last: words('Class 11'),
      edu_stands: words('He missed seven months'),
      nc_boat: codes('boat'),
    },
    { childSays: 'I want to sit at my old desk.', childSaidOn: on(168) },
  )
  sheet(162, rice, 'livelihood', {}, { mark: 'not_needed', why: 'His grandmother and his aunt provide for him.' })
  sheet(161, rice, 'documents', {
    doc_has: codes('birth', 'school'),
    doc_state: codes('birth_registered'),
    doc_needs: words('A paper for the school that says he may come back'),
    doc_lawyer: codes('has'),
  })
  sheet(160, rice, 'community', {
    com_belongs: words('The football field behind the school'),
    com_ally: words('The radio teacher'),
    com_wish: words('His team'),
    com_accept: codes('3'),
    com_words: words('Some mothers call their children in when he passes'),
  })
  sheet(159, rice, 'account', { acc_words: words('What he told about the months away.') })
  put({
    by: by.id,
    at: ago(158),
    type: 'assessment.submit',
    payload: {
      id: id(),
      caseId: rice,
      roundId: rice,
      harmToChild: 'medium',
      childSaidOn: on(168),
      childSilent: null,
      conclusion:
        'He has a grandmother and a teacher who stand by him, and knows what he wants. First: a safe bed, then the school. The neighbours need somebody who talks with them before he moves back.',
      childSays: 'It is right what is written, only I also want my team.',
    },
  })

  // Blue Heron: held, and assessed by telephone as far as he wanted to talk.
  check(15, heron, {
    how: 'spoken',
    safeNow: 'not_known',
    harmToChild: 'high',
    nextOn: on(-24),
    childSays: 'Nobody hits me. It is loud.',
    childSaidOn: on(15),
    couldHarm: 'He shares a room with adults at night.',
    done: 'The duty officer was asked for a room of his own.',
  })
  sheet(
    14,
    heron,
    'strengths',
    {
      str_likes: words('His hens; drawing boats'),
      str_people: words('His aunt'),
      str_calm: words('Counting the boats'),
      str_proud: { none: 'not_asked_yet' },
      str_wants: words('To go home with his aunt'),
      str_hopes: { none: 'no_answer' },
    },
    { childSays: 'Tell my aunt the brown hen bites.', childSaidOn: on(14) },
  )
  sheet(
    13,
    heron,
    'family',
    { fam_good: words('His aunt laughs a lot'), fam_cares: words('His aunt'), fam_wish: words('With his aunt') },
    { stops: true, next: 'Ask his aunt what would help her' },
  )

  // Everyday cases of the same office: seen, and calm.
  const [young = '', small = '', grown = ''] = everyday
  check(58, young, { harmToChild: 'low', childSays: 'The dog sleeps beside me.', childSaidOn: on(58) })
  check(98, small, { harmToChild: 'low' })
  check(138, grown, { harmToChild: 'low', childSays: 'I can call my aunt.', childSaidOn: on(138) })
  const card = { nc_card: codes('yes'), nc_card_on: { on: on(24 * 200) } }
  sheet(57, young, 'nc_registration', card, { roundId: null, toldBy: 'carer' })
}
