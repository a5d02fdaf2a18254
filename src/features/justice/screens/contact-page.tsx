import { useGoOn, useParams } from '../../../web/here-context.ts'
import { useState } from 'react'
import { Question } from '../../../core/safeguard-rule.ts'
import { newId } from '../../../crypto/random.ts'
import { attempt } from '../../../web/attempt.ts'
import { decideContext, recordOrSay, useDesk } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { fieldsOf } from '../../../web/ui/when.ts'
import { codeOptions, codeText } from '../../cases/screens/codes.ts'
import { useCaseId } from '../../cases/screens/NotThere.tsx'
import type { JusticeContact } from '../contact.ts'
import { interviewsOf } from '../custody.ts'
import { recordContact } from '../ops.ts'
import { readContact, startOf } from './contact-form.ts'
import { useContactErrors } from './use-contact-errors.ts'
import { Missing } from './Missing.tsx'
import { RecordContact } from './RecordContact.tsx'
import { useJustice } from './use-justice.ts'

export function RecordContactPage() {
  return <ContactForm corrects={null} />
}

export function CorrectContactPage() {
  const { contactId = '' }: { contactId?: string } = useParams() // the path of this screen names it
  return <ContactForm corrects={contactId} />
}

function ContactForm({ corrects }: { corrects: string | null }) {
  const caseId = useCaseId()
  const found = useJustice(caseId)
  const { app, desk, speech, pack, now } = useDesk()
  const errors = useContactErrors()
  const goOn = useGoOn()
  const [id] = useState(newId)
  if (found.state !== 'found') return <Missing found={found} />
  const { of, file, timeZone } = found
  const before = file.contacts.find((contact) => contact.id === corrects) ?? null
  const nowFields = fieldsOf(now, timeZone)
  const label = (code: string) => codeText(pack, 'custody_actor', speech, code)

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const read = readContact(values, { id, caseId, corrects }, timeZone)
    if (!read.ok) return errors.unread(read.wrong)
    const known = { ...file, closedAt: of.closedAt, rules: pack.safeguards }
    // Its own schema checks it first.
    const tried = attempt(recordContact, read.contact as JusticeContact, known, decideContext(app, desk, timeZone))
    if (!tried.ok) return errors.refused(tried, read.contact)
    const failed = await recordOrSay(app, speech, [tried.draft])
    if (failed === null) goOn(`/cases/${caseId}/safeguards`)
    return failed
  }

  return (
    <RecordContact
      speech={speech}
      alias={of.alias}
      corrects={
        before === null
          ? null
          : `${speech.t(`justice.kind.${before.kind}`)} · ${label(before.authority)} · ${momentText(speech, before.startedAt, timeZone, now)}`
      }
      authorities={codeOptions(pack, 'custody_actor', speech).filter((code) => code.value !== 'none')}
      languages={codeOptions(pack, 'languages', speech)}
      interviews={interviewsOf(file.contacts.filter((contact) => contact.id !== corrects))}
      supervisorAgreed={file.supervisorAgreed}
      today={nowFields.day}
      start={{
        capacities: ['victim'],
        'at.day': [nowFields.day],
        'known.day': [nowFields.day],
        'known.time': [nowFields.time],
        ...Object.fromEntries(Question.options.map((question) => [`${question}.state`, ['not_known']])),
        ...(before === null ? {} : startOf(before, (at) => fieldsOf(at, timeZone))),
      }}
      draft={desk.drafts.of(`contact/${caseId}/${corrects ?? ''}`)}
      submit={submit}
    />
  )
}
