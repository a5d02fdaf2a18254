import type { Instant } from '../../src/core/time.ts'
import { sha256Hex } from '../../src/crypto/hash.ts'
import type { StoryStep } from './story.ts'

type Around = {
  by: { id: string }
  ago: (hours: number) => Instant
  id: () => string
  put: (step: StoryStep) => void
}

/** A paper in the file of a fictional child, so that a newcomer sees how one looks. */
export function tellFiles({ by, ago, id, put }: Around, caseId: string): void {
  const file = aPaper([
    'Lower Harbour School (fictional)',
    'Report of the first term',
    '',
    'He came on 41 of 48 days and has caught up in arithmetic.',
    'He is welcome to sit the exam in the dry season.',
  ])
  const of = { part: 'services', kind: 'document', bytes: file.length, sha256: sha256Hex(file) }
  const payload = { id: id(), caseId, ...of, title: 'School report, first term' }
  put({ by: by.id, at: ago(50), type: 'attachments.add', payload, file })
}

/** A PDF of one page with these lines. */
function aPaper(lines: readonly string[]): Uint8Array {
  const text = lines.map((line) => `(${line.replaceAll(/[()\\]/g, (sign) => `\\${sign}`)}) Tj T*`).join('\n')
  const page = `BT /F1 14 Tf 22 TL 60 760 Td\n${text}\nET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>',
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let body = '%PDF-1.4\n'
  const places = objects.map((object, at) => {
    const place = body.length
    body += `${at + 1} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const list = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`
  const end = `trailer\n<< /Root 1 0 R /Size ${objects.length + 1} >>\nstartxref\n${body.length}\n%%EOF\n`
  return new TextEncoder().encode(body + list + end)
}
