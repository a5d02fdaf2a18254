import type { WebFeature } from '../../../web/feature.ts'

const pages = () => import('./jottings-page.tsx')

/** What the phone needs to know of this feature. Before unlocking the shell shows `jot-page.tsx` at the same addresses. */
export const phone: WebFeature = {
  name: 'phone',
  screens: [
    { path: '/jot', page: async () => (await pages()).JottingsPage },
    { path: '/jottings', page: async () => (await pages()).JottingsPage },
    { path: '/shared', page: async () => (await import('./shared-page.tsx')).SharedPage },
  ],
  layOver: () => [],
  tasks: () => [],
  strip: null,
}
