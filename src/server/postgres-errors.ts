/** The database was too busy for this transaction; the same request may be sent again. */
export function isBusy(error: unknown): boolean {
  const code = codeOf(error)
  // serialization failure, deadlock, lock timeout, statement timeout, too many connections
  return ['40001', '40P01', '55P03', '57014', '53300'].includes(code)
}

/** A unique constraint was met: somebody else was first. */
export function isReused(error: unknown, constraint: string): boolean {
  return codeOf(error) === '23505' && error instanceof Error && 'constraint' in error && error.constraint === constraint
}

/** Days met days that stand already: somebody else was first. */
export function isOverlap(error: unknown): boolean {
  return codeOf(error) === '23P01'
}

/** A policy refused, or a constraint: which one is nobody's to learn. */
export function isRefusedByDatabase(error: unknown): boolean {
  return ['42501', '23505', '23503', '23514'].includes(codeOf(error))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
