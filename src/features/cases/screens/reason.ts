import { useState } from 'react'
import type { AskedPurpose } from '../purpose.ts'

/** Reasons somebody gave in this visit, by case; asked once, written down by the server each time. */
const given = new Map<string, AskedPurpose>()

/** What is sent with a question about a case whose opening needed a reason. */
export function reasonHeaders(caseId: string): Record<string, string> {
  const reason = given.get(caseId)
  return reason === undefined ? {} : { 'x-kembali-purpose': reason }
}

/** The reason given for this case, part of the key of every question about it, and how a screen gives one. */
export function useReason(caseId: string): [AskedPurpose | '', (reason: AskedPurpose) => void] {
  const [, setReason] = useState(given.get(caseId))
  return [
    given.get(caseId) ?? '',
    (reason) => {
      given.set(caseId, reason)
      setReason(reason)
    },
  ]
}
