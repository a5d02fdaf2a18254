/**
 * Puts a plain word before a `$name` in the same place, so that `/cases/new` is a screen and never the case "new",
 * whatever order features are listed in.
 */
export function plainFirst(a: string, b: string): number {
  const other = b.split('/')
  for (const [at, part] of a.split('/').entries()) {
    const named = Number(part.startsWith('$')) - Number(other[at]?.startsWith('$') === true)
    if (named !== 0) return named
  }
  return 0
}

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
