/// <reference lib="webworker" />
// The build puts these two before this file: one number for all, and the hashed files of the shell.
declare const VERSION: string
declare const FILES: string[]
/** The files of languages and letters that only some devices need. */
declare const ON_DEMAND: string[]

export {} // a module to the type checker; the build takes this line away, for a worker is a plain script
const worker = self as unknown as ServiceWorkerGlobalScope // this file runs in no window
const NAME = `shell-${VERSION}`

worker.addEventListener('install', (event) => event.waitUntil(fill()))
worker.addEventListener('activate', (event) => event.waitUntil(tidy()))
worker.addEventListener('message', (event) => {
  if (event.data === 'take') void worker.skipWaiting()
  if (event.data === 'shared?') handOver(event.source)
  if (Array.isArray(event.data?.keep)) event.waitUntil(keep(event.data.keep as string[])) // `update.ts` sends paths
})
worker.addEventListener('push', (event) => event.waitUntil(show(event.data)))
worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openToday())
})
worker.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url)
  if (event.request.method === 'POST' && origin === worker.location.origin && pathname === '/shared')
    return takeOver(event)
  // Answers of the server are never kept; neither is anything that is not ours.
  if (event.request.method !== 'GET' || origin !== worker.location.origin || pathname.startsWith('/api/')) return
  event.respondWith(
    answer(event.request, event.request.mode === 'navigate' && !FILES.includes(pathname) ? '/' : pathname),
  )
})

/** Fetches what changed; a file whose hashed name is already here is taken over. */
async function fill(): Promise<void> {
  const cache = await caches.open(NAME)
  // The languages this device speaks go with it into the new build, or its next start without a line would speak English.
  const spoken = (await caches.keys()).map(async (name) =>
    (await (await caches.open(name)).keys()).map(({ url }) => stem(url)),
  )
  const stems = new Set((await Promise.all(spoken)).flat())
  await Promise.all(
    [...FILES, ...ON_DEMAND.filter((file) => stems.has(stem(file)))].map(async (file) => {
      const before = file.startsWith('/assets/') ? await caches.match(file) : undefined
      await cache.put(file, before ?? (await fetch(file, { cache: 'reload' })))
    }),
  )
}

/** A file's name without the hash of its content. */
function stem(file: string): string {
  return (file.split('/').at(-1) ?? '').replace(/-[\w-]{8}\.\w+$/, '')
}

/** What a page had loaded before this worker stood behind it: its language, the country's public pack. */
async function keep(paths: readonly string[]): Promise<void> {
  await Promise.all(paths.map((path) => answer(new Request(path), path).catch(() => null))) // fetched when it is next asked for
}

async function tidy(): Promise<void> {
  for (const name of await caches.keys()) if (name !== NAME) await caches.delete(name)
  await worker.clients.claim()
}

async function answer(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(NAME)
  const kept = await cache.match(path)
  if (kept !== undefined) return kept
  const fresh = await fetch(request)
  // Another language, its letters, the country's public pack: named by their content, so one fetch is enough.
  if (fresh.ok && /^\/(assets|country)\//.test(path)) await cache.put(path, fresh.clone())
  return fresh
}

/** What our server says in a notice; it was made in her language and says how urgent and by when. */
type Said = { title: string; body: string; tag: string; lang: string; dir: 'ltr' | 'rtl' }

async function show(data: PushMessageData | null): Promise<void> {
  if (data === null) return
  const { title, ...said } = data.json() as Said // sealed for this browser by our own server
  await worker.registration.showNotification(title, { ...said, icon: '/icon.svg' })
}

/** An open page stays as it is, with its keys, and goes to Today by itself; a new one begins there. */
async function openToday(): Promise<void> {
  const [page] = await worker.clients.matchAll({ type: 'window' })
  if (page === undefined) return void (await worker.clients.openWindow('/'))
  page.postMessage('today')
  await page.focus()
}

/** What another app handed over, until the page that opens asks for it: in memory, and nowhere else. */
let shared: { files: File[]; text: string; isCut: boolean } | null = null
let fetched: (() => void) | null = null
/** Longer than any page takes to open; after it nothing of it stays. */
const HELD_MS = 120_000
/** As much as a person looks through, and as a phone holds in memory. */
const MOST_FILES = 20
const MOST_BYTES = 64 * 1024 * 1024

function takeOver(event: FetchEvent): void {
  // The system's own sheet names no page; a page of another site that posts here does, unless it hides itself.
  const { referrer } = event.request
  if (referrer.startsWith('http') && new URL(referrer).origin !== worker.location.origin)
    return event.respondWith(Response.redirect('/', 303))
  const read = event.request.formData().then((form) => {
    const isFile = (value: FormDataEntryValue): value is File => typeof value !== 'string'
    const text = form.get('text')
    const given = form.getAll('files').filter(isFile)
    const files: File[] = []
    let bytes = 0
    for (const file of given) {
      bytes += file.size
      if (files.length < MOST_FILES && bytes <= MOST_BYTES) files.push(file)
    }
    const mine = { files, text: typeof text === 'string' ? text : '', isCut: files.length < given.length }
    shared = mine
    return mine
  })
  const page = () => Response.redirect('/shared', 303)
  event.respondWith(read.then(page, page))
  // Kept awake until the page has it, or a worker that fell asleep would have forgotten it.
  event.waitUntil(
    read.then(
      (mine) =>
        new Promise<void>((resolve) => {
          fetched = resolve
          setTimeout(() => {
            // Another one may have come meanwhile, with a time of its own.
            if (shared === mine) shared = null
            resolve()
          }, HELD_MS)
        }),
      () => undefined,
    ),
  )
}

function handOver(page: ExtendableMessageEvent['source']): void {
  page?.postMessage({ shared })
  shared = null
  fetched?.()
}
