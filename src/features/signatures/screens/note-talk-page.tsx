import { useState } from 'react'
import { signsWhen, TALK_SAID } from '../../../core/second-signature.ts'
import { newId } from '../../../crypto/random.ts'
import { useDesk } from '../../../web/app-context.ts'
import { useGoOn, useParams } from '../../../web/here-context.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { fieldsOf, momentOf } from '../../../web/ui/when.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { useCase } from '../../cases/screens/use-case.ts'
import { useRecord } from '../../cases/screens/use-record.ts'
import { useRows } from '../../cases/screens/use-rows.ts'
import { noteTalk } from '../ops.ts'
import { NoteTalk, SOMEBODY_ELSE } from './NoteTalk.tsx'
import { signatureRows } from './rows.ts'

export function NoteTalkPage() {
  const caseId = useCaseId()
  const { signatureId }: { signatureId?: string } = useParams() // the path of this screen names it
  const found = useCase(caseId)
  const here = useRows(caseId, 'signatures')
  const { desk, speech, now } = useDesk()
  const record = useRecord()
  const goOn = useGoOn()
  const [id] = useState(newId)
  if (found.state !== 'found') return <NotThere found={found} />
  const request = signatureRows(here.rows, caseId).find((row) => row.id === signatureId)
  if (request === undefined)
    return <NotThere found={here.isAsking ? { state: 'asking' } : { state: 'failed', code: 'not_found' }} />
  const { t } = speech
  const { case: row, timeZone } = found.opened
  const { act, askedAt, signers } = request

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const said = pick(TALK_SAID, one(values, 'said'))
    const at = momentOf(values, 'at', timeZone)
    const person = one(values, 'person')
    const known = signers.find(({ personId }) => personId === person)
    if (signers.length > 0 && known === undefined && person !== SOMEBODY_ELSE) return { person: t('field.needed') }
    if (said === null) return { said: t('field.needed') }
    if (at.state !== 'said') return { at: t('field.needed') }
    const payload = {
      id,
      caseId,
      signatureId,
      act,
      personId: known?.personId ?? null,
      who: known === undefined ? wordsOf(values, 'who') : null,
      at: at.at,
      said,
      words: wordsOf(values, 'words'),
    }
    const wrong = await record(noteTalk, payload, { isThere: true, askedAt, mayBeCalled: null }, timeZone)
    if (wrong === null) goOn(`/cases/${caseId}/sign/${request?.id ?? ''}`)
    return wrong
  }
  const start = fieldsOf(now, timeZone)
  return (
    <NoteTalk
      speech={speech}
      title={t('signatures.talk_title', { act: t(`signatures.act.${act}`) })}
      alias={row.alias}
      rule={t(`signatures.talk_rule_${signsWhen(act)}`)}
      people={signers.map(({ personId, name, turn }) => ({
        value: personId,
        label: `${name} · ${t(`signatures.turn.${turn}`)}`,
      }))}
      start={{ 'at.day': [start.day], 'at.time': [start.time] }}
      draft={desk.drafts.of(`talk/${request.id}`)}
      submit={submit}
    />
  )
}
