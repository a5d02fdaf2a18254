import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

export type DemoPerson = { id: string; name: string; role: string; organisation: string; team: string | null }

type Props = {
  speech: Speech
  people: readonly DemoPerson[] | null
  problem: string | null
  enterAs: (personId: string) => void
}

/** The demo's door: its made-up people by role, one tap each. */
export function SignIn({ speech, people, problem, enterAs }: Props) {
  const { t, find } = speech
  const roles = [...new Set(people?.map((person) => person.role))]
  return (
    <Screen title={t('access.sign_in')} lead={t('access.demo_lead')}>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {people === null && problem === null && <p className="small">{t('wait')}</p>}
      {roles.map((role) => (
        <section key={role} className="group">
          <h2>{find(`role.${role}`) ?? role}</h2>
          <ul className="plain people">
            {people
              ?.filter((person) => person.role === role)
              .map(({ id, name, organisation }) => (
                <li key={id}>
                  <button type="button" className="person" onClick={() => enterAs(id)}>
                    <b>{name}</b>
                    <span className="tiny">{organisation}</span>
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </Screen>
  )
}
