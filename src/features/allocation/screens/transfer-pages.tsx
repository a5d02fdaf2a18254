import { useState } from 'react'
import { dayOf, startOfDay } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { useDesk } from '../../../web/app-context.ts'
import { useGoOn } from '../../../web/here-context.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { childSaysLacks, childSaysText, readChildSays } from '../../cases/screens/child-says.ts'
import { regionText } from '../../cases/screens/codes.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { reasonHeaders, useReason } from '../../cases/screens/reason.ts'
import { useCase } from '../../cases/screens/use-case.ts'
import { useRecord } from '../../cases/screens/use-record.ts'
import { AwayNote } from '../../cases/screens/AwayNote.tsx'
import { useWorkers } from '../../cases/screens/use-workers.ts'
import { answerTransfer, offerTransfer } from '../ops.ts'
import { ChildTold, type Offer, type TransferAnswer } from '../transfer.ts'
import { type ShownOffer, Transfer } from './Transfer.tsx'

type Offers = {
  offers: Offer[]
  offices: { teamId: string; team: string; organisation: string; region: string | null }[]
  isWeighed: boolean
}

export function TransferPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const [reason] = useReason(caseId)
  const { app, desk, speech, pack, now, person } = useDesk()
  const { t } = speech
  const record = useRecord()
  const goOn = useGoOn()
  const [refused, setRefused] = useState<string | null>(null)
  const asked = useAnswer(
    `transfer|${caseId}|${reason}`,
    // Our own server answers in its own schema.
    async () => (await app.api.get(`/api/cases/${caseId}/transfer`, reasonHeaders(caseId))) as Offers,
    desk.replica.waiting().length,
  )
  const { inLines: workers, away } = useWorkers(person.role === 'supervisor')
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, timeZone, isMine } = found.opened
  const { offers, offices, isWeighed } =
    asked.state === 'answered' ? asked.value : { offers: [], offices: [], isWeighed: false }
  const isOffered = offers.some((offer) => offer.answer === null && offer.endsAt > now)
  const isClosed = row.state === 'closed'

  const mayOffer =
    person.role === 'supervisor' &&
    !isClosed &&
    !isOffered &&
    offices.length > 0 &&
    row.orgId === person.organisation.id

  async function answer(offer: Offer, how: TransferAnswer, values: FormValues): Promise<FormErrors | null> {
    const payload = {
      id: newId(),
      caseId,
      transferId: offer.id,
      answer: how,
      workerId: how === 'accepted' ? wordsOf(values, 'workerId') : null,
      reason: how === 'declined' ? wordsOf(values, 'reason') : null,
    }
    if (how === 'accepted' && payload.workerId === null) return { workerId: t('field.needed') }
    const known = {
      closedAt: row.closedAt,
      offer: { endsAt: offer.endsAt, isAnswered: offer.answer !== null, side: offer.side },
      workerIsOurs: true,
    }
    const wrong = await record(answerTransfer, payload, known, timeZone)
    // Whoever declines may not open the case any more.
    if (wrong === null && how === 'declined') goOn('/')
    return wrong
  }

  async function offer(values: FormValues): Promise<FormErrors | null> {
    const childTold = pick(ChildTold.options, one(values, 'childTold'))
    if (one(values, 'toTeam') === '') return { toTeam: t('field.needed') }
    if (one(values, 'why') === '') return { why: t('field.needed') }
    if (childTold === null) return { childTold: t('field.needed') }
    const said = readChildSays(values)
    const lacks = childSaysLacks(said)
    if (lacks !== null) return { [lacks]: t('field.needed') }
    const payload = {
      id: newId(),
      caseId,
      toTeam: one(values, 'toTeam'),
      childTold,
      why: one(values, 'why'),
      needs: wordsOf(values, 'needs'),
      ...said,
    }
    return record(offerTransfer, payload, { closedAt: row.closedAt, isOffered, isWeighed }, timeZone)
  }

  async function withdraw(of: Offer): Promise<void> {
    setRefused((await answer(of, 'withdrawn', {}))?.[''] ?? null)
  }

  function shown(of: Offer): ShownOffer {
    const isOver = of.endsAt < now
    const canAnswer = of.answer === null && !isOver && !isClosed && person.role === 'supervisor'
    return {
      id: of.id,
      title: t('allocation.from_to', { from: of.fromOffice, to: of.toOffice }),
      about: [
        of.toTeam,
        of.offeredBy,
        momentText(speech, of.offeredAt, timeZone, now),
        of.answer === null ? t('time.due', { when: momentText(speech, of.endsAt, timeZone, now) }) : '',
      ]
        .filter((text) => text !== '')
        .join(' · '),
      why: of.why,
      needs: of.needs,
      told: t(`allocation.told.${of.childTold}`),
      voice: childSaysText(speech, of, (day) => dayText(speech, startOfDay(day, timeZone), timeZone, now)),
      ended: of.answer !== null ? t(`allocation.answered.${of.answer}`) : isOver ? t('allocation.offer_over') : null,
      reason: of.reason,
      decide:
        canAnswer && of.side === 'to'
          ? {
              draft: desk.drafts.of(`transfer-answer/${of.id}/${caseId}`),
              submit: (values) =>
                answer(of, pick(['accepted', 'declined'] as const, one(values, 'answer')) ?? 'declined', values),
            }
          : null,
      withdraw: canAnswer && of.side === 'from' ? () => void withdraw(of) : null,
    }
  }

  return (
    <Transfer
      speech={speech}
      alias={row.alias}
      offers={offers.map(shown)}
      workers={workers}
      away={<AwayNote speech={speech} {...away} />}
      offices={offices.map(({ teamId, team, organisation, region }) => ({
        value: teamId,
        label: [organisation, team, region === null ? '' : regionText(pack, speech, region)]
          .filter((text) => text !== '')
          .join(' · '),
      }))}
      isFetching={asked.state === 'asking'}
      problem={refused ?? (asked.state === 'failed' ? errorText(speech, asked.code) : null)}
      // Asked before anything is typed: a form that must be refused is no form.
      weighFirst={mayOffer && !isWeighed ? `/cases/${caseId}/best-interests` : null}
      asking={
        person.role === 'case_worker' && isMine && !isClosed
          ? { ask: `/cases/${caseId}/questions`, weigh: isWeighed ? null : `/cases/${caseId}/best-interests` }
          : null
      }
      offering={
        mayOffer && isWeighed
          ? {
              start: { childSaidOn: [dayOf(now, timeZone)] },
              draft: desk.drafts.of(`transfer/${caseId}`),
              submit: offer,
            }
          : null
      }
    />
  )
}
