/** The values of a path's `$names`, or null when it is another path; every part counts, and nothing follows. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const parts = path === '/' ? ['', ''] : path.replace(/\/$/, '').split('/')
  if (wanted.length !== parts.length) return null
  const params: Record<string, string> = {}
  for (const [at, want] of wanted.entries()) {
    const part = parts[at] ?? ''
    if (!want.startsWith('$')) {
      if (want !== part) return null
      continue
    }
    // Ids and codes only: anything that would need decoding is no address of ours.
    if (!/^[\w.~-]+$/.test(part)) return null
    params[want.slice(1)] = part
  }
  return params
}
