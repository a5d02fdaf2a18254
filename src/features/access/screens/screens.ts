import { lazy } from 'react'
import type { WebFeature } from '../../../web/feature.ts'

const pages = () => import('./pages.tsx')
const adminPages = () => import('./admin-pages.tsx')

const NotSetUp = lazy(async () => ({ default: (await import('./NotSetUp.tsx')).NotSetUp }))

/** What the phone needs to know of this feature. */
export const access: WebFeature = {
  name: 'access',
  screens: [
    { path: '/sign-in', page: async () => (await import('./doors.tsx')).SignInPage },
    { path: '/enrol', page: async () => (await import('./enrol-page.tsx')).EnrolPage },
    { path: '/more', page: async () => (await pages()).MorePage },
    { path: '/more/sending', page: async () => (await pages()).SendingPage },
    { path: '/more/language', page: async () => (await pages()).LanguagePage },
    { path: '/more/device', page: async () => (await pages()).DevicePage },
    { path: '/more/set-up', page: async () => (await pages()).SetUpPage },
    { path: '/more/help', page: async () => (await pages()).HelpPage },
    { path: '/more/install', page: async () => (await pages()).InstallPage },
    { path: '/more/import', page: async () => (await import('./import-page.tsx')).ImportPage },
    { path: '/more/sign-ins', page: async () => (await import('./my-sign-ins-page.tsx')).MySignInsPage },
    { path: '/admin', page: async () => (await adminPages()).AdministrationPage },
    { path: '/admin/people', page: async () => (await adminPages()).PeoplePage },
    { path: '/admin/people/new', page: async () => (await adminPages()).NewPersonPage },
    { path: '/admin/people/$personId', page: async () => (await adminPages()).OnePersonPage },
    { path: '/admin/offices', page: async () => (await adminPages()).OfficesPage },
    { path: '/admin/offices/new', page: async () => (await adminPages()).NewOfficePage },
    { path: '/admin/offices/$officeId/team', page: async () => (await adminPages()).NewTeamPage },
    { path: '/admin/offices/$officeId/roster', page: async () => (await import('./roster-page.tsx')).RosterPage },
    { path: '/admin/changes', page: async () => (await adminPages()).ChangesPage },
  ],
  layOver: () => [],
  tasks: () => [],
  strip: null,
  aboveDay: NotSetUp,
}
