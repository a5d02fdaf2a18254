import { type Language, LANGUAGES, type Speech } from '../../../web/language.ts'
import { Icon } from '../../../web/ui/Icon.tsx'

type Props = { speech: Speech; offered: readonly Language[]; choose: (language: Language) => void }

/** The languages of this server, each named in itself; one tap changes everything on the screen. */
export function LanguageChoice({ speech: { t, language }, offered, choose }: Props) {
  return (
    <ul className="plain rows" aria-label={t('access.language')}>
      {offered.map((one) => (
        <li key={one}>
          <button type="button" lang={one} aria-pressed={one === language} onClick={() => choose(one)}>
            <b>{LANGUAGES[one].name}</b>
            {LANGUAGES[one].draft && (
              <span className="tiny" lang={language}>
                {t('access.draft')}
              </span>
            )}
            {one === language && <Icon name="done" />}
          </button>
        </li>
      ))}
    </ul>
  )
}
