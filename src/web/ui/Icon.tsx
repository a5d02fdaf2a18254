/** Our own simple signs; each always stands beside a word. */
const PATHS = {
  today: 'M4 6h16v14H4zM4 10h16M8 3v5M16 3v5M9 15l2 2 4-4',
  cases: 'M3 7h6l2 2h10v11H3z',
  safeguards: 'M12 3 5 6v6c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V6z',
  more: 'M4 7h16M4 12h16M4 17h16',
  figures: 'M5 20V10M12 20V4M19 20v-7',
  back: 'M15 5l-7 7 7 7',
  forward: 'M9 5l7 7-7 7',
  send: 'M4 12l16-8-6 16-3-7zM11 13l9-9',
  language:
    'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9s.5-6 3.5-9z',
  device: 'M7 3h10v18H7zM11 18h2',
  late: 'M12 7v6M12 17v.5M12 2.8 22 20.5H2z',
  clock: 'M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  done: 'M5 12.5l4.5 4.5L19 7.5',
  ask: 'M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.5M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  info: 'M12 11v6M12 7.5V8M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  stop: 'M6 6l12 12M18 6L6 18',
  hide: 'M3 3l18 18M10 6.3A9 9 0 0 1 12 6c5 0 8 4 9 6a14 14 0 0 1-2.5 3.3M6.5 8A14 14 0 0 0 3 12c1 2 4 6 9 6a9 9 0 0 0 4-1',
  plus: 'M12 5v14M5 12h14',
  people:
    'M9 11a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 9 11zM3 20c0-4 3-6 6-6s6 2 6 6M16 5.5a3 3 0 0 1 0 5.6M17 14c2.6.5 4 2.6 4 6',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21.5h4',
  two: 'M4 5h7v14H4zM13 5h7v14h-7z',
} as const
export type IconName = keyof typeof PATHS

/** Signs that point somewhere turn round where reading runs from right to left. */
const POINTS: readonly IconName[] = ['back', 'forward', 'send']

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className={POINTS.includes(name) ? 'icon points' : 'icon'}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}

export function Logo() {
  return (
    <svg className="icon" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M25 9A11 11 0 1 0 27 16" strokeWidth="3.2" />
      <path d="M11 17.5 16 13l5 4.5V22H11z" fill="currentColor" stroke="none" />
    </svg>
  )
}
