import { useState } from 'react'
import { Risk } from '../../../core/case-steps.ts'
import { startOfDay } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { useGoOn } from '../../../web/here-context.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { dayIn, fieldsOf, momentOf } from '../../../web/ui/when.ts'
import { editSafeStart } from '../../cases/ops.ts'
import { NotThere } from '../../cases/screens/NotThere.tsx'
import { saidBefore } from '../../cases/screens/said-before.ts'
import { useRecord } from '../../cases/screens/use-record.ts'
import { checksOf, type KeptCheck } from '../case-rows.ts'
import { checkSafety } from '../ops.ts'
import { CheckHow } from '../safety.ts'
import { unsafeIn } from '../unsafe.ts'
import { useAssessment } from './assessment-pages.tsx'
import { safetyNumbers } from './SafetyNumbers.tsx'
import { Safety, SafetyForm, type ShownCheck } from './Safety.tsx'
import { writesPart } from './who-writes.ts'

export function SafetyPage() {
  const { caseId, found, speech, person, now, timeZone, rows, problem } = useAssessment()
  if (found.state !== 'found') return <NotThere found={found} />
  const { t } = speech
  const { case: row } = found.opened
  const checks = checksOf(rows).reverse()
  const nextOn = checks[0]?.nextOn ?? null
  const onDay = (day: NonNullable<typeof nextOn>) => dayText(speech, startOfDay(day, timeZone), timeZone, now)

  function shown(check: KeptCheck): ShownCheck {
    const said = [
      { label: t('assessment.could_harm'), text: check.couldHarm ?? '' },
      { label: t('assessment.done'), text: check.done ?? '' },
    ]
    return {
      id: check.id,
      title: t(`assessment.was_safe.${check.safeNow}`),
      who: [momentText(speech, check.at, timeZone, now), t(`assessment.how.${check.how}`), check.writtenByName ?? '']
        .filter((text) => text !== '')
        .join(' · '),
      risk: t('assessment.risk_now', { risk: t(`assessment.risk.${check.harmToChild}`) }),
      facts: said.filter(({ text }) => text !== ''),
      voice:
        (check.childSays ?? '') === ''
          ? null
          : { text: check.childSays ?? '', who: check.childSaidOn === null ? '' : onDay(check.childSaidOn) },
    }
  }

  return (
    <Safety
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      checks={checks.map(shown)}
      next={nextOn === null ? null : t('assessment.next_check_on', { day: onDay(nextOn) })}
      canWrite={row.state === 'open' && writesPart(person.role, 'services')}
      problem={problem === null ? null : errorText(speech, problem)}
    />
  )
}

export function SafetyCheckPage() {
  const { caseId, found, speech, pack, desk, now, timeZone, rows } = useAssessment()
  const record = useRecord()
  const goOn = useGoOn()
  const [id] = useState(newId)
  const [start] = useState(() => fieldsOf(now, timeZone))
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, safeStart } = found.opened
  const last = checksOf(rows).at(-1)
  // The first answer is not asked twice: what registration says is where the first check begins.
  const safeNow = last === undefined ? (safeStart?.safeNow ?? null) : null
  const words = safeNow === 'no' ? (safeStart?.safeWords ?? '') : ''

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const needed = speech.t('field.needed')
    const at = momentOf(values, 'at', timeZone)
    const wanted = ['safeNow', 'harmToChild', 'how'].filter((field) => one(values, field) === '')
    if (wanted.length > 0) return Object.fromEntries(wanted.map((field) => [field, needed]))
    if (at.state !== 'said') return { at: needed }
    const check = {
      id,
      caseId,
      at: at.at,
      how: pick(CheckHow.options, one(values, 'how')),
      safeNow: one(values, 'safeNow'),
      harmToChild: pick(Risk.options, one(values, 'harmToChild')),
      nextOn: dayIn(one(values, 'nextOn')),
      childSaidOn: dayIn(one(values, 'childSaidOn')),
      childSays: wordsOf(values, 'childSays'),
      couldHarm: wordsOf(values, 'couldHarm'),
      done: wordsOf(values, 'done'),
    }
    const wrong = await record(checkSafety, check, { closedAt: row.closedAt }, timeZone)
    if (wrong !== null) return wrong
    // Whoever begins with the check has answered the first question of registration with it.
    if ((safeStart?.safeNow ?? null) === null)
      await record(
        editSafeStart,
        { id: caseId, caseId, set: { safeNow: check.safeNow } },
        { closedAt: row.closedAt },
        timeZone,
        { thing: 'safe_start', id: caseId },
      )
    goOn(`/cases/${caseId}`)
    return null
  }

  /** The first answer, with who gave it and when as far as this device knows: the check begins with it, and one tap changes it. */
  function saidText(answer: string): string {
    const before = found.state === 'found' ? saidBefore(found.opened, 'safeNow', { speech, now }) : null
    const what = speech.find(`assessment.safe.${answer}`) ?? answer
    return before === null
      ? speech.t('assessment.said_first', { answer: what })
      : speech.t('assessment.said_first_by', { answer: what, ...before })
  }

  return (
    <SafetyForm
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      start={{
        ...(safeNow === null ? {} : { safeNow: [safeNow] }),
        ...(words === '' ? {} : { couldHarm: [words] }),
        'at.day': [start.day],
        'at.time': [start.time],
      }}
      said={safeNow === null ? null : saidText(safeNow)}
      draft={desk.drafts.of(`safety/${caseId}`)}
      isUnsafe={unsafeIn(rows, row) !== null}
      emergency={safetyNumbers(pack, speech)}
      submit={submit}
    />
  )
}
