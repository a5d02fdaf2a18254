import { useDesk } from '../../../web/app-context.ts'
import { To } from '../../../web/ui/To.tsx'
import { codeText } from '../../cases/screens/codes.ts'
import { Call } from '../../cases/screens/Call.tsx'
import { callsOf } from './use-family.ts'

/** What a family adds to the home of a case: whom to call, at a tap and without a line, and the way to everybody else. */
export function FamilyStrip({ caseId }: { caseId: string }) {
  const { speech, rows, pack } = useDesk()
  const { t } = speech
  const calls = callsOf(rows, caseId)
  return (
    <section className="group">
      <h2>{t('family.strip')}</h2>
      {calls.length > 0 && (
        <ul className="plain stack">
          {calls.map(({ id, callName = '', relation = '', roles = [], phone = '', calledWhen = null }) => (
            <li key={id} className="card stack">
              <h3 translate="no" dir="auto">
                {callName}
              </h3>
              <p className="small">
                {[
                  codeText(pack, 'family_relationship', speech, relation),
                  ...roles.map((role) => t(`family.role.${role}`)),
                ].join(' · ')}
              </p>
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
      )}
      <p className="row not-printed">
        <To href={`/cases/${caseId}/people`} className="line">
          {t('family.everybody')}
        </To>
        <To href={`/cases/${caseId}/tracing`} className="line">
          {t('family.tracing')}
        </To>
      </p>
    </section>
  )
}
