import { useGoOn } from '../../../web/here-context.ts'
import { newId } from '../../../crypto/random.ts'
import { StepQuestions } from '../../../web/StepQuestions.tsx'
import { useFeatures } from '../../../web/features-context.ts'
import type { Speech } from '../../../web/language.ts'
import { useDesk } from '../../../web/app-context.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, wordsOf } from '../../../web/ui/form-values.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import type { MaskedAttribute } from '../match.ts'
import { writeFirstAnswers } from '../first-answers-ops.ts'
import { answerMatch, editIdentity, editSafeStart, requestMatch } from '../ops.ts'
import { ageLacks, SAFE_START_STEPS, type SafeStartStep } from '../safe-start.ts'
import { changes } from './changes.ts'
import { codeOptions } from './codes.ts'
import { Match, type MatchLine } from './Match.tsx'
import { NotThere, useCaseId, useParam } from './NotThere.tsx'
import { NOT_ASKED, SafeStart } from './SafeStart.tsx'
import { saidBefore } from './said-before.ts'
import { reasonHeaders, useReason } from './reason.ts'
import { type OpenedCase, useCase } from './use-case.ts'
import { useRecord } from './use-record.ts'

export function SafeStartPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const asked = useParam('step')
  const step = SAFE_START_STEPS.find((one) => one === asked) ?? 'safe_now'
  const { speech, desk, pack, now, person } = useDesk()
  const features = useFeatures()
  const record = useRecord()
  const goOn = useGoOn()
  if (found.state !== 'found') return <NotThere found={found} />
  const { opened } = found
  const at = SAFE_START_STEPS.indexOf(step) + 1

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const lacks = step === 'who' ? ageMissing(values, speech.t) : missing(step, values, speech.t('field.needed'))
    const wrong = lacks ?? (await send(values))
    if (wrong !== null) return wrong
    // Whoever says that a child is not safe is asked nothing else first: what is done now, and whom to call.
    const isUnsafe = step === 'safe_now' && one(values, 'safeNow') === 'no' && person.role === 'case_worker'
    const next = SAFE_START_STEPS[at]
    if (isUnsafe) goOn(`/cases/${caseId}/safety/new`)
    else if (step !== 'match') goOn(next === undefined ? `/cases/${caseId}` : `/cases/${caseId}/start/${next}`)
    return null
  }

  function send(values: FormValues): Promise<FormErrors | null> {
    const { timeZone, case: row } = opened
    const known = { closedAt: row.closedAt, openedAt: row.openedAt }
    switch (step) {
      case 'safe_now':
      case 'how_known':
      case 'basis': {
        const said = Object.fromEntries(FIELDS[step].map((field) => [field, wordsOf(values, field)]))
        const set = changes({ ...opened.safeStart }, said)
        if (Object.keys(set).length === 0) return Promise.resolve(null)
        // Whoever took the call has no part `services`: what she learned is a fact she leaves to the worker.
        if (person.role === 'intake')
          return record(
            writeFirstAnswers,
            { ...NO_ANSWERS, id: newId(), caseId, ...set },
            { ...known, isOpener: true },
            timeZone,
          )
        return record(editSafeStart, { id: caseId, caseId, set }, known, timeZone, { thing: 'safe_start', id: caseId })
      }
      case 'who': {
        const set = changes({ ...opened.identity }, whoOf(values, opened, Number(now.slice(0, 4))))
        if (Object.keys(set).length === 0) return Promise.resolve(null)
        return record(editIdentity, { id: caseId, caseId, set }, known, timeZone, {
          thing: 'child_identity',
          id: caseId,
          seen: opened.file?.identity?.version ?? 0,
        })
      }
      case 'match': {
        const payload = {
          id: newId(),
          caseId,
          givenNames: one(values, 'givenNames'),
          otherNames: one(values, 'otherNames'),
          birthYear: Number(one(values, 'birthYear')),
          sex: row.sex,
          origin: one(values, 'origin'),
        }
        return record(requestMatch, payload, { ...known, today: 0 }, timeZone)
      }
    }
  }

  /** What is known already is shown with who said it, and one tap goes on with it. */
  function sayWho(): string | null {
    const before = step === 'match' || step === 'basis' ? null : saidBefore(opened, SAID[step], { speech, now })
    return before === null ? null : speech.t('cases.said_before', before)
  }

  return (
    <div className="stack wide">
      <SafeStart
        // What was learned a page ago comes back with the file; what is being typed is kept as a draft.
        key={`${step}|${opened.file?.identity?.version ?? 0}`}
        speech={speech}
        caseId={caseId}
        step={step}
        at={at}
        start={step === 'match' ? matchStart(opened) : startOf(opened)}
        draft={desk.drafts.of(`start/${caseId}/${step}`)}
        lists={{
          caseSource: codeOptions(pack, 'case_source', speech),
          ageBasis: codeOptions(pack, 'age_basis', speech),
          languages: codeOptions(pack, 'languages', speech),
        }}
        hasLedger={person.role !== 'intake'}
        emergency={pack.emergency.map(({ label, phone, confidence }) => ({
          label: speech.label(label),
          phone,
          isSettled: confidence !== 'recalled',
        }))}
        saidBefore={sayWho()}
        agreed={features.map(
          ({ name, agreed: Agreed }) => Agreed !== undefined && <Agreed key={name} caseId={caseId} />,
        )}
        submit={submit}
      />
      {step === 'match' && <StepQuestions caseId={caseId} step="registration" />}
    </div>
  )
}

const NO_ANSWERS = {
  safeNow: null,
  safeWords: null,
  howKnown: null,
  howKnownWords: null,
  basis: null,
  basisWords: null,
}
const FIELDS = {
  safe_now: ['safeNow', 'safeWords'],
  how_known: ['howKnown', 'howKnownWords'],
  basis: ['basis', 'basisWords'],
} as const
/** Who agrees is told by its own ledger. */
const SAID = { safe_now: 'safeNow', how_known: 'howKnown', who: 'ageBasis' } as const
const NEEDED: Record<SafeStartStep, readonly string[]> = {
  safe_now: ['safeNow'],
  how_known: ['howKnown'],
  basis: ['basis'],
  who: [],
  match: ['givenNames', 'birthYear', 'origin'],
}

function missing(step: SafeStartStep, values: FormValues, text: string): FormErrors | null {
  const fields = NEEDED[step].filter((field) => one(values, field) === '')
  return fields.length === 0 ? null : Object.fromEntries(fields.map((field) => [field, text]))
}

/** An age and how it is known go together; with neither, the page is left open for another day. */
function ageMissing(values: FormValues, t: Speech['t']): FormErrors | null {
  const age = one(values, 'approxAge')
  const lacks = ageLacks(age === '' ? null : Number(age), basisOf(values))
  if (age !== '' && NO_AGE.includes(one(values, 'ageBasis'))) return { approxAge: t('cases.age_and_not_known') }
  if (lacks === 'age') return { approxAge: t('cases.age_or_not_known') }
  return lacks === 'basis' ? { ageBasis: t('field.needed') } : null
}

/** Beside these no age is written. */
const NO_AGE: readonly string[] = ['not_known', 'does_not_say', NOT_ASKED]

function basisOf(values: FormValues): string | null {
  const basis = wordsOf(values, 'ageBasis')
  return basis === NOT_ASKED ? null : basis
}

/** Who the child is, as the form says; the year of birth follows from an age told today. */
function whoOf(values: FormValues, { identity, case: row }: OpenedCase, thisYear: number): Record<string, unknown> {
  const age = one(values, 'approxAge')
  const approxAge = age === '' ? null : Number(age)
  // A baby whose case is older than this year was there when it was opened.
  const latest = Number(row.openedAt.slice(0, 4))
  const isSameAge = approxAge === (identity?.approxAge ?? null)
  return {
    fullName: wordsOf(values, 'fullName'),
    approxAge,
    birthYear: isSameAge
      ? (identity?.birthYear ?? null)
      : approxAge === null
        ? null
        : Math.min(thisYear - approxAge, latest),
    ageBasis: basisOf(values),
    origin: wordsOf(values, 'origin'),
    language: wordsOf(values, 'language'),
  }
}

function startOf({ safeStart, identity }: OpenedCase): FormValues {
  const known: Record<string, string | number | null | undefined> = { ...safeStart, ...identity }
  return Object.fromEntries(
    Object.entries(known).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, [String(value)]]],
    ),
  )
}

/** What is known already is not asked again: the question to other offices starts from the file. */
function matchStart({ identity, card }: OpenedCase): FormValues {
  const [given = '', ...others] = (identity?.fullName ?? card?.callName ?? '').split(/\s+/)
  const year = identity?.birthYear ?? null
  return {
    givenNames: [given],
    otherNames: [others.join(' ')],
    birthYear: [year === null ? '' : String(year)],
    origin: [identity?.origin ?? card?.village ?? ''],
  }
}

type Asked = {
  hit: { state: string }
  asker: { organisation: string; name: string | null } | null
  compare: MaskedAttribute[]
}

export function MatchPage() {
  const caseId = useCaseId()
  const hitId = useParam('hitId')
  const found = useCase(caseId)
  const [reason] = useReason(caseId)
  const { app, speech, desk } = useDesk()
  const record = useRecord()
  const asked = useAnswer(
    `match|${hitId}|${reason}`,
    // Our own server answers in its own schema.
    async () => (await app.api.get(`/api/cases/${caseId}/match/${hitId}`, reasonHeaders(caseId))) as Asked,
    desk.replica.waiting().length,
  )
  if (found.state !== 'found') return <NotThere found={found} />
  const { t } = speech
  const answer = asked.state === 'answered' ? asked.value : null
  const sent = desk.replica.waiting().find(({ op }) => op.payload.hitId === hitId)?.op.payload.decision
  async function decide(decision: 'make_contact' | 'not_the_same') {
    await record(
      answerMatch,
      { hitId, caseId, decision },
      { waiting: true },
      found.state === 'found' ? found.opened.timeZone : 'UTC',
    )
  }
  return (
    <Match
      speech={speech}
      caseId={caseId}
      alias={found.opened.case.alias}
      state={typeof sent === 'string' ? sent : (answer?.hit.state ?? null)}
      asker={answer?.asker ?? null}
      lines={answer?.compare.map(lineOf) ?? null}
      problem={asked.state === 'failed' ? errorText(speech, asked.code) : null}
      decide={(decision) => void decide(decision)}
    />
  )
  function lineOf({ attribute, asked: said, likeness }: MaskedAttribute): MatchLine {
    const text = attribute === 'sex' && said !== null ? (speech.find(`cases.sex.${said}`) ?? said) : said
    return { attribute, name: t(`cases.match.${attribute}`), asked: text ?? '–', likeness }
  }
}
