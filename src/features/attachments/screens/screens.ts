import { FILE_KINDS } from '../../../core/files.ts'
import type { WebFeature } from '../../../web/feature.ts'
import { FileStrip } from './FileStrip.tsx'

const pages = () => import('./pages.tsx')

/** What the phone needs to know of this feature. */
export const attachments: WebFeature = {
  name: 'attachments',
  screens: [
    { path: '/cases/$caseId/files', page: async () => (await pages()).FilesPage, isPrinted: true },
    { path: '/cases/$caseId/files/add', page: async () => (await pages()).AddFilePage },
  ],
  // A file is listed from where it lies: here or on the server.
  layOver: () => [],
  tasks: () => [],
  strip: FileStrip,
  takes: Object.fromEntries(
    FILE_KINDS.map((kind) => [kind, async () => (await import('./take-file.ts')).takeFile(kind)]),
  ),
}
