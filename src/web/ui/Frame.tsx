import type { ReactNode } from 'react'
import type { Speech } from '../language.ts'
import { Icon, type IconName, Logo } from './Icon.tsx'
import { To } from './To.tsx'

/** What the line under the top bar says: what is saved, what is sent. */
export type SaveLine = { tone: 'ok' | 'wait' | 'stop'; text: string; action?: { href: string; text: string } }

export type NavItem = { href: string; icon: IconName; text: string }

type Props = {
  speech: Pick<Speech, 't'>
  /** A locked device says nothing of what it holds, not even the program's name. */
  isNeutral: boolean
  banners: { text: string; tone: 'due' | 'info'; action?: { text: string; act: () => void } }[]
  /** The bars and ways of a person who has signed in; null before that. */
  signed: {
    items: NavItem[]
    here: string
    office: string
    save: SaveLine
    back: { href: string; text: string } | null
  } | null
  onHide: () => void
  children: ReactNode
}

/** Everything around a screen: top bar, what is saved, the ways, and *Hide screen* always in the same corner. */
export function Frame({ speech: { t }, isNeutral, banners, signed, onHide, children }: Props) {
  return (
    <div className={signed === null ? 'frame' : 'frame signed'}>
      <a className="skip" href="#content">
        {t('frame.skip')}
      </a>
      <aside className="banners" aria-label={t('frame.about')}>
        {banners.map(({ text, tone, action }) => (
          <p key={text} className={tone === 'info' ? 'banner info' : 'banner'}>
            <Icon name="info" />
            <span>{text}</span>
            {action !== undefined && (
              <button type="button" className="linkish" onClick={action.act}>
                {action.text}
              </button>
            )}
          </p>
        ))}
      </aside>
      <div className="bars">
        <header className="top">
          <div className="name">
            {signed?.back ? (
              <To href={signed.back.href} className="back">
                <Icon name="back" />
                <span>{signed.back.text}</span>
              </To>
            ) : (
              <>
                {!isNeutral && (
                  <span className="logo">
                    <Logo />
                  </span>
                )}
                <span className="title">{t(isNeutral ? 'frame.neutral' : 'frame.name')}</span>
              </>
            )}
            {signed !== null && signed.back === null && <span className="office">{signed.office}</span>}
          </div>
          <button type="button" className="hide" onClick={onHide} aria-keyshortcuts="Shift+Shift+Shift">
            <Icon name="hide" />
            {t('frame.hide')}
          </button>
        </header>
        {signed !== null && <SaveStatus {...signed.save} />}
      </div>
      {signed !== null && (
        <Ways label={t('frame.ways')} name={t('frame.name')} items={signed.items} here={signed.here} />
      )}
      <div className="body">
        <main id="content" tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  )
}

function SaveStatus({ tone, text, action }: SaveLine) {
  return (
    <div className="save">
      <span className={`dot ${tone}`} aria-hidden="true" />
      <span role="status">{text}</span>
      {action !== undefined && <To href={action.href}>{action.text}</To>}
    </div>
  )
}

function Ways({ label, name, items, here }: { label: string; name: string; items: NavItem[]; here: string }) {
  return (
    <nav className="main" aria-label={label}>
      <div className="logo">
        <Logo />
        {name}
      </div>
      <ul>
        {items.map(({ href, icon, text }) => (
          <li key={href}>
            <To href={href} current={isHere(href, here)}>
              <Icon name={icon} />
              <span>{text}</span>
            </To>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function isHere(href: string, here: string): boolean {
  return href === '/' ? here === '/' : here === href || here.startsWith(`${href}/`)
}
