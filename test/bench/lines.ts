import { performance } from 'node:perf_hooks'

/** One line of the table; `name` says what was asked, the times are in milliseconds. */
export type Line = {
  name: string
  engine: string
  scale: number
  p50_ms: number
  p95_ms: number
  bare_p95_ms: number
  ratio: number
}

/** The same rows by hand-written SQL over the bare driver. */
export type Bare = (text: string, params: unknown[]) => Promise<unknown>

/** Asks ours and the bare statements in turn, in the same run, so that both meet the same machine. */
export async function compare(
  of: Pick<Line, 'name' | 'engine' | 'scale'>,
  times: number,
  ours: () => Promise<unknown>,
  theirs: () => Promise<unknown>,
): Promise<Line> {
  for (let n = 0; n < 10; n += 1) await ours().then(theirs)
  const mine: number[] = []
  const plain: number[] = []
  for (let n = 0; n < times; n += 1) {
    mine.push(await time(ours))
    plain.push(await time(theirs))
  }
  const [p95, bare] = [quantile(mine, 0.95), quantile(plain, 0.95)]
  return {
    ...of,
    p50_ms: quantile(mine, 0.5),
    p95_ms: p95,
    bare_p95_ms: bare,
    ratio: rounded(p95 / Math.max(bare, 0.01)),
  }
}

export function rounded(value: number): number {
  return Number(value.toFixed(2))
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
}
