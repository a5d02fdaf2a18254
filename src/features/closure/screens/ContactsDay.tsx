import { useDesk } from '../../../web/app-context.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { type Contact, Contacts } from './Contacts.tsx'

/** What a worker has agreed with children whose case is closed; nothing without a line. */
export function ContactsDay() {
  const { app, desk } = useDesk()
  const asked = useAnswer(
    'closure-contacts',
    // Our own server answers in its own schema.
    async () => ((await app.api.get('/api/closure/contacts')) as { contacts: Contact[] }).contacts,
    desk.replica.state().syncedAt ?? '',
  )
  return asked.state === 'answered' ? <Contacts contacts={asked.value} /> : null
}
