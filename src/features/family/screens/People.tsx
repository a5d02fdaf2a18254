import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { Call } from '../../cases/screens/Call.tsx'

export type ShownPerson = {
  id: string
  name: string
  about: string
  called: string
  words: string | null
  phone: string | null
  when: string | null
  isPast: boolean
}
export type ShownLink = {
  id: string
  title: string
  about: string
  state: string
  isDone: boolean
  /** What this side may do: answer what it was asked, end what it agreed to. */
  mayAnswer: boolean
  mayEnd: boolean
}

type Props = {
  speech: Speech
  caseId: string
  alias: string
  household: readonly ShownPerson[]
  others: readonly ShownPerson[]
  links: readonly ShownLink[]
  canWrite: boolean
  /** Not heard yet: nothing is said of whether anybody is there. */
  isAsking: boolean
  problem: string | null
  answer: (linkId: string, decision: 'agreed' | 'declined') => void
  end: (linkId: string) => void
}

/** The people around a child: who lives with it, who else is there, and which cases belong together. */
export function People(props: Props) {
  const { speech, caseId, alias, household, others, links, canWrite, isAsking, problem, answer, end } = props
  const { t } = speech
  return (
    <Screen title={t('family.title', { alias })} lead={t('family.lead')}>
      {problem !== null && <Notice tone="due">{problem}</Notice>}
      {household.length + others.length === 0 && problem === null && <p>{t(isAsking ? 'wait' : 'family.nobody')}</p>}
      {household.length > 0 && (
        <section className="group">
          <h2>{t('family.household')}</h2>
          <Persons speech={speech} caseId={caseId} people={household} canWrite={canWrite} />
        </section>
      )}
      {others.length > 0 && (
        <section className="group">
          <h2>{t('family.others')}</h2>
          <Persons speech={speech} caseId={caseId} people={others} canWrite={canWrite} />
        </section>
      )}
      {canWrite && (
        <div className="actions row not-printed">
          <To href={`/cases/${caseId}/people/new`} className="button">
            {t('family.add')}
          </To>
          <To href={`/cases/${caseId}/link`} className="button second">
            {t('family.link')}
          </To>
        </div>
      )}
      {links.length > 0 && (
        <section className="group">
          <h2>{t('family.links')}</h2>
          <ul className="plain stack">
            {links.map((link) => (
              <li key={link.id} className="card stack">
                <h3>{link.title}</h3>
                {link.about !== '' && <p className="small">{link.about}</p>}
                <Status tone={link.isDone ? 'ok' : 'info'}>{link.state}</Status>
                {link.mayAnswer && (
                  <div className="row actions not-printed">
                    <button type="button" className="button small-target" onClick={() => answer(link.id, 'agreed')}>
                      {t('family.link_yes')}
                    </button>
                    <button
                      type="button"
                      className="button second small-target"
                      onClick={() => answer(link.id, 'declined')}
                    >
                      {t('family.link_no')}
                    </button>
                  </div>
                )}
                {link.mayEnd && (
                  <div className="actions not-printed">
                    <button type="button" className="button second small-target" onClick={() => end(link.id)}>
                      {t('family.link_end')}
                    </button>
                  </div>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Screen>
  )
}

type PersonsProps = { speech: Speech; caseId: string; people: readonly ShownPerson[]; canWrite: boolean }

function Persons({ speech, caseId, people, canWrite }: PersonsProps) {
  const { t } = speech
  return (
    <ul className="plain stack">
      {people.map((one) => (
        <li key={one.id} className="card stack">
          <div className="spread">
            <h3 translate="no" dir="auto">
              {one.name}
            </h3>
            {one.isPast && <Status tone="quiet">{t('family.state.before')}</Status>}
          </div>
          <p className="small">{one.about}</p>
          {one.words !== null && (
            <p className="words" translate="no" dir="auto">
              {one.words}
            </p>
          )}
          <p className="small">{one.called}</p>
          {one.phone !== null && (
            <Call
              speech={speech}
              phone={one.phone}
              text={
                <>
                  {t('family.call')} <bdi dir="ltr">{one.phone}</bdi>
                </>
              }
              title={t('family.call_name', { name: one.name })}
              when={one.when}
              record={`/cases/${caseId}/note`}
            />
          )}
          {canWrite && (
            <p className="not-printed">
              <To
                href={`/cases/${caseId}/people/${one.id}`}
                className="line"
                label={t('family.change_name', { name: one.name })}
              >
                {t('family.change')}
              </To>
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}
