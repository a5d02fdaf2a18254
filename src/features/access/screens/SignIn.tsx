import type { ReactNode } from 'react'
import { isLanguage, type Language, LANGUAGES, type Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

type Props = {
  speech: Speech
  lead: string
  /** Why somebody who had signed in stands here again. */
  why: readonly string[]
  problem: string | null
  /** Those of this server; the one that is spoken is not offered again. */
  languages: readonly string[]
  speak: (language: Language) => void
  children: ReactNode
}

/** The door of somebody who has not signed in; what stands in it depends on how this server runs. */
export function SignIn({ speech: { t, language }, lead, why, problem, languages, speak, children }: Props) {
  return (
    <Screen title={t('access.sign_in')} lead={lead}>
      {why.length > 0 && (
        <Notice>
          {why.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Notice>
      )}
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      <div className="row">
        {languages.filter(isLanguage).map(
          (one) =>
            one !== language && (
              <button key={one} type="button" lang={one} className="linkish" onClick={() => speak(one)}>
                {LANGUAGES[one].name}
              </button>
            ),
        )}
      </div>
      {children}
    </Screen>
  )
}

export type DemoPerson = { id: string; name: string; role: string; organisation: string; team: string | null }

/** The order of a first visit: who does the work, who sees that it is done, who reads the figures. */
const FIRST = ['case_worker', 'supervisor', 'national_officer']

/** The demo's made-up people by role, one tap each. */
export function DemoPeople({
  speech: { t, find },
  people,
  enterAs,
}: {
  speech: Speech
  people: readonly DemoPerson[] | null
  enterAs: (personId: string) => void
}) {
  if (people === null) return <p className="small">{t('wait')}</p>
  const roles = [...new Set([...FIRST, ...people.map((person) => person.role)])]
  return roles.map((role) => {
    const those = people.filter((person) => person.role === role)
    if (those.length === 0) return null
    return (
      <section key={role} className="group">
        <h2>{find(`role.${role}`) ?? role}</h2>
        <ul className="plain people">
          {those.map(({ id, name, organisation, team }) => (
            <li key={id}>
              <button type="button" className="person" onClick={() => enterAs(id)}>
                <b>{name}</b>
                <span className="tiny">
                  {team === null ? organisation : t('access.demo_organisation', { team, organisation })}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    )
  })
}
