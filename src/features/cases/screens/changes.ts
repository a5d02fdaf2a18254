/** Only what was changed goes into an edit; what stands as it was is nobody's difference. */
export function changes(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(after).filter(([field, value]) => JSON.stringify(before[field] ?? null) !== JSON.stringify(value)),
  )
}
