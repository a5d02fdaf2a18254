import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import type { App } from './http.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
}

/** Serves the built web app from memory: an allow-list of files and endings, and the shell for every page address. */
export function staticFiles(app: App, folder: string): void {
  const files = new Map<string, { body: Uint8Array<ArrayBuffer>; type: string }>()
  if (existsSync(folder))
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const type = TYPES[extname(name)]
      if (type !== undefined)
        files.set(`/${relative('.', name).replaceAll('\\', '/')}`, {
          body: new Uint8Array(readFileSync(join(folder, name))),
          type,
        })
    }
  app.get('*', (c) => {
    const found = files.get(c.req.path)
    if (found !== undefined) {
      c.header('cache-control', c.req.path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
      return c.body(found.body, 200, { 'content-type': found.type })
    }
    const shell = files.get('/index.html')
    if (shell === undefined || c.req.path.startsWith('/api/') || extname(c.req.path) !== '') return c.notFound()
    // Whoever reads a letter leaves nothing of it in a shared browser, not even that the page was opened.
    c.header('cache-control', c.req.path === '/letter' ? 'no-store' : 'no-cache')
    return c.body(shell.body, 200, { 'content-type': shell.type })
  })
}
