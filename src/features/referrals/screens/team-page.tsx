import { useState } from 'react'
import { addDuration, type Day, dayOf } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { codeOf, ServerSaysNo } from '../../../web/api.ts'
import { KeyNotGiven, proveFirst } from '../../../web/prove.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { DraftKeeper, FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, many, one } from '../../../web/ui/form-values.ts'
import { dayIn } from '../../../web/ui/when.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { codeText } from '../../cases/screens/codes.ts'
import { NotThere } from '../../cases/screens/NotThere.tsx'
import { reasonHeaders } from '../../cases/screens/reason.ts'
import { CARE, type CarePurpose, type Nameable, purposesOf } from '../care-team.ts'
import { groundOf, nameCareTeam } from '../care-team-ops.ts'
import { useAgreementPage } from './consent-pages.tsx'
import { NameTeam, type Way } from './NameTeam.tsx'
import { standingTeams } from './shown-teams.ts'
import { answersOf, fieldsOf, knownReferrals } from './use-agreements.ts'

/** How long a part is opened to somebody else where nobody says otherwise. */
const USUALLY = 'P90D'

type Known = { way: Way; purpose: CarePurpose; consentId: string | null; basisId: string | null; last: Day | null }

export function TeamPage() {
  const { caseId, found, agreements, app, speech, pack, now, timeZone, desk, start, goOn, record } = useAgreementPage()
  const [id] = useState(newId)
  const [asksProof, setAsksProof] = useState(false)
  // Who works where only the server knows; no child is named with them.
  const asked = useAnswer(
    `care-team|${caseId}`,
    // Our own server answers in its own schema.
    async () =>
      ((await app.api.get(`/api/cases/${caseId}/care-team`, reasonHeaders(caseId))) as { people: Nameable[] }).people,
  )
  if (found.state !== 'found') return <NotThere found={found} />
  if (asked.state === 'asking' || agreements.isAsking) return <NotThere found={{ state: 'asking' }} />
  const { t } = speech
  const { opened } = found
  const people = asked.state === 'answered' ? asked.value : null
  const known = knownReferrals(agreements.rows, opened, pack)
  const ways = waysOf()

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const chosen = ways.find(({ way }) => way.option.value === one(values, 'way'))
    if (chosen === undefined) return { way: t('field.needed') }
    const { way, purpose, consentId, basisId } = chosen
    const house = way.houses.find(({ option }) => option.value === one(values, 'house'))
    if (house === undefined && !way.isNamed) return { house: t('field.needed') }
    const named = many(values, 'people').filter((each) => house?.people.some(({ value }) => value === each) === true)
    const endsOn = house === undefined ? dayOf(now, timeZone) : dayIn(one(values, 'endsOn'))
    if (house !== undefined && named.length === 0) return { people: t('field.needed') }
    if (endsOn === null) return { endsOn: t('field.needed') }
    if (named.length > 0) {
      const wrong = await unproved(values)
      if (wrong !== null) return wrong
    }
    const team = { id, caseId, purpose, consentId, basisId, people: named, endsOn }
    const wrong = await record(nameCareTeam, team, { ...known, people, isFresh: true }, timeZone)
    if (wrong === null) goOn(`/cases/${caseId}/consent`)
    return wrong
  }

  /** Naming opens the file to somebody new, so it is proved first that it is she who does it. */
  async function unproved(values: FormValues): Promise<FormErrors | null> {
    try {
      await proveFirst(app.api, start.mode, values)
      setAsksProof(false)
      return null
    } catch (error) {
      if (error instanceof KeyNotGiven) return { '': t('access.problem.passkey_cancelled') }
      if (error instanceof ServerSaysNo && error.code === 'step_up') setAsksProof(true)
      return { '': errorText(speech, codeOf(error)) }
    }
  }

  /** Each purpose on each ground that is open, and what can still be ended. */
  function waysOf(): Known[] {
    const grounds = [
      ...answersOf(agreements.rows, caseId, pack).map(({ id: consentId, ...of }) => ({
        ...of,
        consentId,
        basisId: null,
      })),
      ...fieldsOf(agreements.rows, 'lawful_basis', caseId).map(({ id: basisId, ...of }) => ({
        ...of,
        consentId: null,
        basisId,
      })),
    ]
    return grounds
      .map((ground) => ({ ...ground, stands: groundOf(ground, known, now, timeZone) }))
      .filter(({ stands }) => stands?.problem === null)
      .flatMap(({ consentId, basisId, recipient, organisation, stands }) =>
        purposesOf(recipient).map((purpose) => {
          const body = organisation ?? codeText(pack, 'recipient_function', speech, recipient ?? '')
          const isNamed = standingTeams(agreements.rows, caseId).some(
            (each) => each.purpose === purpose && each.consentId === consentId && each.basisId === basisId,
          )
          const label = [t(`referrals.care.${purpose}`), body, basisId === null ? null : t('referrals.ground_basis')]
          const option = {
            value: `${purpose}/${consentId ?? basisId ?? ''}`,
            label: label.filter((part) => part !== null).join(' · '),
          }
          const way = { option, reads: t(`referrals.care_reads.${purpose}`), houses: housesFor(purpose), isNamed }
          return { way, purpose, consentId, basisId, last: stands?.endsOn ?? null }
        }),
      )
  }

  function housesFor(purpose: CarePurpose) {
    const able = people?.filter(({ role }) => role === CARE[purpose].role) ?? []
    return [...new Set(able.map((each) => each.organisationId))].map((house) => {
      const its = able.filter((each) => each.organisationId === house)
      return {
        option: { value: house, label: its[0]?.organisation ?? '' },
        people: its.map((each) => ({ value: each.id, label: each.name })),
      }
    })
  }

  /** 90 days, or where any of the grounds ends before that, its last day: a longer one would be refused. */
  function usualEnd(): string {
    const ends = ways.flatMap(({ last }) => (last === null ? [] : [last]))
    return [dayOf(addDuration(now, USUALLY, timeZone), timeZone), ...ends].sort()[0] ?? ''
  }

  function problem(): string | null {
    if (asked.state === 'failed') return errorText(speech, asked.code)
    if (ways.length === 0) return t('referrals.team_no_yes')
    return people?.length === 0 ? t('referrals.team_no_house') : null
  }
  return (
    <NameTeam
      speech={speech}
      alias={opened.case.alias}
      problem={problem()}
      ways={ways.map(({ way }) => way)}
      asksProof={asksProof}
      start={{
        way: [ways.length === 1 ? (ways[0]?.way.option.value ?? '') : ''],
        endsOn: [usualEnd()],
      }}
      draft={withoutProof(desk.drafts.of(`care-team/${caseId}`))}
      submit={submit}
    />
  )
}

/** What proves that it is her is never kept with what she types. */
function withoutProof(draft: DraftKeeper): DraftKeeper {
  return { ...draft, keep: ({ password: _password, code: _code, ...values }) => draft.keep(values) }
}
