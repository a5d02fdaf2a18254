import { useDesk } from '../../../web/app-context.ts'
import { codeText } from '../../cases/screens/codes.ts'
import { Call } from '../../cases/screens/Call.tsx'
import { callsOf } from './use-family.ts'

/** Whom to call about a child, at a tap and without a line. */
export function FamilyCalls({ caseId }: { caseId: string }) {
  const { speech, rows, pack } = useDesk()
  const { t } = speech
  const calls = callsOf(rows, caseId)
  if (calls.length === 0) return null
  return (
    <section className="group">
      <h2>{t('family.to_call')}</h2>
      <ul className="plain stack">
        {calls.map(({ id, callName = '', relation = '', roles = [], phone = '', calledWhen = null }) => (
          <li key={id} className="card spread loose">
            <div>
              <h3 translate="no" dir="auto">
                {callName}
              </h3>
              <p className="tiny">
                {[
                  codeText(pack, 'family_relationship', speech, relation),
                  ...roles.map((role) => t(`family.role.${role}`)),
                ].join(' · ')}
              </p>
            </div>
            <Call
              speech={speech}
              phone={phone ?? ''}
              text={
                <>
                  {t('family.call')} <bdi dir="ltr">{phone ?? ''}</bdi>
                </>
              }
              title={t('family.call_name', { name: callName })}
              when={calledWhen}
              record={`/cases/${caseId}/note`}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
