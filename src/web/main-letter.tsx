import { createRoot } from 'react-dom/client'
import { fromMillis } from '../core/time.ts'
import { ReadLetterPage } from '../features/referrals/screens/ReadLetterPage.tsx'
import { NoConnection, ServerSaysNo } from './api.ts'
import { LANGUAGES, loadSpeech, preferredLanguage } from './language.ts'

/** The page behind a one-time link: no sign-in, no database, no service worker, and the secret leaves the address at once. */
export async function showLetter(): Promise<void> {
  const secret = window.location.hash.slice(1)
  window.history.replaceState(null, '', window.location.pathname)
  const element = document.getElementById('app')
  if (element === null) throw new Error('index.html has the element the app stands in')
  const language = preferredLanguage(navigator.languages, Object.keys(LANGUAGES))
  const speech = await loadSpeech(language, 'door')
  createRoot(element).render(
    <ReadLetterPage secret={secret} post={post} now={() => fromMillis(Date.now())} first={speech} />,
  )
}

/** Sends what the link holds in the body of a request, without the cookie of whoever else uses this browser. */
async function post(path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(path, {
    method: 'POST',
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
    headers: { 'content-type': 'application/json', 'x-kembali': '1' },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new NoConnection()
  })
  const answer: unknown = await response.json().catch(() => ({}))
  if (!response.ok) throw new ServerSaysNo(response.status, answer as Record<string, unknown>) // errors are objects in our own schema
  return answer
}
