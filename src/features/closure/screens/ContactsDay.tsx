import { useDesk } from '../../../web/app-context.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { type Contact, Contacts, type Request } from './Contacts.tsx'

/** What a worker has agreed with children whose case is closed, and what they have asked since; nothing without a line. */
export function ContactsDay() {
  const { app, desk } = useDesk()
  const asked = useAnswer(
    'closure-contacts',
    // Our own server answers in its own schema.
    async () => (await app.api.get('/api/closure/contacts')) as { contacts: Contact[]; requests: Request[] },
    desk.replica.state().syncedAt ?? '',
  )
  return asked.state === 'answered' ? <Contacts {...asked.value} /> : null
}
