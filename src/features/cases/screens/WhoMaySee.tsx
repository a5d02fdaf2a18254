import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

export type Reader = {
  key: string
  name: string
  role: string
  organisation: string
  basis: string
  parts: string
  until: string | null
}

type Props = { speech: Speech; alias: string; readers: readonly Reader[] | null; problem: string | null }

/** Everybody who may see this child's file, which parts, and why: nobody else can. */
export function WhoMaySee({ speech: { t }, alias, readers, problem }: Props) {
  return (
    <Screen
      title={
        readers === null ? t('cases.who_title', { alias }) : t('cases.who_count', { alias, count: readers.length })
      }
      lead={t('cases.who_lead')}
    >
      {problem !== null && <Notice tone="due">{problem}</Notice>}
      {readers === null && problem === null && <p className="small">{t('wait')}</p>}
      <ul className="plain stack">
        {readers?.map((reader) => (
          <li key={reader.key} className="card">
            <h2>{reader.name}</h2>
            <p className="small">
              {reader.role} · {reader.organisation}
            </p>
            <dl className="facts">
              <div>
                <dt>{t('cases.who_parts')}</dt>
                <dd>{reader.parts}</dd>
              </div>
              <div>
                <dt>{t('cases.who_basis')}</dt>
                <dd>{reader.until === null ? reader.basis : `${reader.basis} · ${reader.until}`}</dd>
              </div>
            </dl>
          </li>
        ))}
      </ul>
    </Screen>
  )
}
