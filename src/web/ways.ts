import type { Role } from '../core/access.ts'
import type { Translate } from './language.ts'
import type { NavItem } from './ui/Frame.tsx'

type Way = 'today' | 'cases' | 'safeguards' | 'figures' | 'people' | 'retention' | 'more'

const HREFS: Record<Way, string> = {
  today: '/',
  cases: '/cases',
  safeguards: '/safeguards',
  figures: '/figures',
  people: '/admin',
  retention: '/retention',
  more: '/more',
}

const WAYS: { [role in Role]?: readonly Way[] } = {
  case_worker: ['today', 'cases', 'safeguards', 'more'],
  intake: ['today', 'cases', 'safeguards', 'more'],
  shelter_worker: ['today', 'more'],
  clinician: ['today', 'more'],
  supervisor: ['today', 'cases', 'safeguards', 'more'],
  national_officer: ['figures', 'more'],
  dpo: ['people', 'retention', 'more'],
  auditor: ['more'],
  admin: ['people', 'more'],
  security_desk: ['more'],
  judge: ['more'],
}

/** The ways of a role: only what she has, four at most. */
export function waysOf(role: Role, t: Translate): NavItem[] {
  return (WAYS[role] ?? ['cases', 'more']).map((way) => ({
    href: HREFS[way],
    icon: way === 'retention' ? 'clock' : way,
    text: t(`way.${way}`),
  }))
}

/** The screen a role begins with. */
export function homeOf(role: Role): string {
  return HREFS[WAYS[role]?.[0] ?? 'cases']
}

/** The way back from a screen below another one; ids only, never a name. */
export function backOf(here: string, role: Role, t: Translate): { href: string; text: string } | null {
  const [, first = '', second, third, fourth] = here.split('/')
  // Who is named beside a child has a part of its file, from her day, and no file to go back to.
  if (first === 'cases' && third !== undefined && (role === 'shelter_worker' || role === 'clinician'))
    return { href: '/', text: t('way.today') }
  if (first === 'cases' && third !== undefined) return { href: `/cases/${second}`, text: t('back.case') }
  if (first === 'cases' && second !== undefined && WAYS[role]?.includes('cases') === false)
    return { href: '/', text: t('way.today') }
  if (first === 'cases' && second !== undefined) return { href: '/cases', text: t('way.cases') }
  if (first === 'admin' && third !== undefined)
    return { href: `/admin/${second}`, text: t(`back.${second === 'people' ? 'people' : 'offices'}`) }
  // A supervisor comes here for the people of her office, from More.
  if (first === 'admin' && WAYS[role]?.includes('people') !== true) return { href: '/more', text: t('way.more') }
  if (first === 'admin' && second !== undefined) return { href: '/admin', text: t('way.people') }
  if (first === 'more' && third !== undefined) return { href: `/more/${second}`, text: t('back.care') }
  if (first === 'more' && second !== undefined) return { href: '/more', text: t('way.more') }
  if (first === 'team' && fourth !== undefined) return { href: '/team/staff', text: t('back.staff') }
  if (first === 'team') return { href: '/', text: t('way.today') }
  return null
}
