import type { WebFeature } from '../../../web/feature.ts'

const pages = () => import('./jottings-page.tsx')

/** What the phone needs to know of this feature. Before unlocking the shell shows `jot-page.tsx` at the same addresses. */
export const phone: WebFeature = {
  name: 'phone',
  screens: [
    { path: '/jot', page: async () => (await pages()).JottingsPage },
    { path: '/jottings', page: async () => (await pages()).JottingsPage },
    { path: '/shared', page: async () => (await import('./shared-page.tsx')).SharedPage },
    { path: '/more/lease', page: async () => (await import('./lease-page.tsx')).LeasePage },
  ],
  layOver: () => [],
  tasks: () => [],
  strip: null,
  more: (_person, t) => [
    { href: '/more/lease', icon: 'clock', title: t('phone.lease'), about: t('phone.lease_about') },
    { href: '/jottings', icon: 'device', title: t('phone.jottings', { count: 0 }), about: t('phone.jottings_about') },
  ],
}
