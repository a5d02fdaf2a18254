import { useDesk } from '../../../web/app-context.ts'
import { To } from '../../../web/ui/To.tsx'
import { useAnswer } from '../../../web/use-answer.ts'

type Sample = { files: { isReviewed: boolean }[] }

/** The files a supervisor looks at this month, and the way to her talks and to staff care. */
export function SupervisionTeam() {
  const { app, desk, speech } = useDesk()
  const { t } = speech
  const asked = useAnswer(
    'file-sample',
    // Our own server answers in its own schema.
    async () => (await app.api.get('/api/supervision/sample')) as Sample,
    desk.replica.state().syncedAt ?? '',
  )
  const files = asked.state === 'answered' ? asked.value.files : []
  const left = files.filter(({ isReviewed }) => !isReviewed).length
  return (
    <section className="group">
      <h2>{t('supervision.team')}</h2>
      <div className="card spread">
        <div>
          <h3>{t('supervision.sample')}</h3>
          <p className="small">
            {asked.state === 'asking'
              ? t('wait')
              : left === 0
                ? t('supervision.sample_done')
                : t('supervision.sample_left', { count: left })}
          </p>
        </div>
        <To href="/team/files" className="button second small-target">
          {t('save.look')}
        </To>
      </div>
      <div className="card spread">
        <div>
          <h3>{t('supervision.staff')}</h3>
          <p className="small">{t('supervision.staff_short')}</p>
        </div>
        <To href="/team/staff" className="button second small-target">
          {t('save.look')}
        </To>
      </div>
    </section>
  )
}
