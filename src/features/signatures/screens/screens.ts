import type { WebFeature } from '../../../web/feature.ts'
import { layOver } from './lay-over.ts'
import { SignatureStrip } from './SignatureStrip.tsx'
import { SignaturesTeam } from './SignaturesTeam.tsx'
import { tasks } from './tasks.ts'
import { UPGRADES } from '../upgrades.ts'

const pages = () => import('./pages.tsx')

/** What the phone needs to know of this feature. */
export const signatures: WebFeature = {
  name: 'signatures',
  screens: [
    { path: '/approvals', page: async () => (await pages()).ApprovalsPage },
    { path: '/cases/$caseId/sign/$signatureId', page: async () => (await pages()).SignOnePage },
    {
      path: '/cases/$caseId/sign/$signatureId/call',
      page: async () => (await import('./note-talk-page.tsx')).NoteTalkPage,
    },
  ],
  upgrades: UPGRADES,
  layOver,
  tasks,
  strip: SignatureStrip,
  approvals: SignaturesTeam,
}
