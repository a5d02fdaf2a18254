/** Kinds of care whose very name says what a child was treated for: only a health worker writes them, in part `health`. */
const KEPT_WITH_HEALTH = ['sexual_reproductive_health', 'mental_health', 'substance_treatment']
/** The layer of support that is a treatment. */
const TREATMENT = 'l4_specialised'

/** Kinds under which everybody on the case sees no more than that there is care, and when. */
const BY_HEALTH_WORKERS = ['health', 'psychosocial', 'disability_rehabilitation']

export const isKeptWithHealth = (kind: string, layer: string | null | undefined) =>
  KEPT_WITH_HEALTH.includes(kind) || layer === TREATMENT

export const isByHealthWorkers = (kind: string) => BY_HEALTH_WORKERS.includes(kind)

/** What a health worker can say her care was. */
export const HEALTH_KINDS: readonly string[] = [...BY_HEALTH_WORKERS, ...KEPT_WITH_HEALTH]
