let build: Promise<boolean> = Promise.resolve(true)

/**
 * Says that the web app is only being built beside this start; without it, what was built before is served.
 * @public said by `scripts/start.mjs`, which runs what was compiled
 */
export function webIsBeingBuilt(beside: Promise<boolean>): void {
  build = beside
}

/** Whether the web app got built, once that is known. */
export function webIsBuilt(): Promise<boolean> {
  return build
}
