import type { WebFeature } from '../../../web/feature.ts'

/** What the phone needs to know of this feature. */
export const access: WebFeature = {
  name: 'access',
  screens: [{ path: '/sign-in', page: async () => (await import('./doors.tsx')).SignInPage }],
  layOver: () => [],
  tasks: () => [],
  strip: null,
}
