import type { WebFeature } from '../../../web/feature.ts'

const pages = () => import('./pages.tsx')

/** What the phone needs to know of this feature. */
export const access: WebFeature = {
  name: 'access',
  screens: [
    { path: '/sign-in', page: async () => (await import('./doors.tsx')).SignInPage },
    { path: '/more', page: async () => (await pages()).MorePage },
    { path: '/more/sending', page: async () => (await pages()).SendingPage },
    { path: '/more/language', page: async () => (await pages()).LanguagePage },
    { path: '/more/device', page: async () => (await pages()).DevicePage },
    { path: '/more/set-up', page: async () => (await pages()).SetUpPage },
    { path: '/more/help', page: async () => (await pages()).HelpPage },
    { path: '/more/install', page: async () => (await pages()).InstallPage },
  ],
  layOver: () => [],
  tasks: () => [],
  strip: null,
}
