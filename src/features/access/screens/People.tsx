import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'

export type PersonRow = { id: string; name: string; about: string; state: { tone: Tone; text: string } }
export type PeopleGroup = { id: string; office: string; people: readonly PersonRow[] }

type Props = { speech: Speech; groups: readonly PeopleGroup[]; mayAdd: boolean; problem: string | null }

/** Who works here, by office. */
export function People({ speech: { t }, groups, mayAdd, problem }: Props) {
  return (
    <Screen title={t('access.people')}>
      {problem !== null && <Notice tone="due">{problem}</Notice>}
      {mayAdd && (
        <div className="actions">
          <To href="/admin/people/new" className="button">
            {t('access.person_new')}
          </To>
        </div>
      )}
      {groups.map(({ id, office, people }) => (
        <section key={id} className="group">
          <h2>{office}</h2>
          <ul className="plain rows">
            {people.map(({ id: personId, name, about, state }) => (
              <li key={personId} className="has-link">
                <div>
                  <h3>
                    <To href={`/admin/people/${personId}`} className="cover-link">
                      {name}
                    </To>
                  </h3>
                  <p className="tiny">{about}</p>
                </div>
                <Status tone={state.tone}>{state.text}</Status>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Screen>
  )
}
