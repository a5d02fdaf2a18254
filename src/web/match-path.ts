/**
 * Puts a plain word before a `$name` in the same place, so that `/cases/new` is a screen and never the case "new",
 * whatever order features are listed in.
 */
export function plainFirst(a: string, b: string): number {
  return lastIfNamed(a) < lastIfNamed(b) ? -1 : 1
}

/** A text that sorts a `$name` after every plain word; comparing whole texts puts any list in one order. */
function lastIfNamed(path: string): string {
  return path.replace(/\$\w+/g, '\uffff')
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
