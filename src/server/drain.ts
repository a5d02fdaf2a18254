import type { Server } from 'node:http'

/** What is under way may finish for this long; then its line is cut (security.md 9.4). */
const LONGEST_MS = 25_000

/** Stops accepting and waits for what is under way. */
export function drain(server: Server, longestMs = LONGEST_MS): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), longestMs)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
