import type { Job } from './feature.ts'
import { fromMillis } from '../core/time.ts'
import type { Machine } from './machine.ts'

/** Runs what happens by itself, each job at its own pace and never twice at once; answers how to stop it. */
export function startTimer(machine: Machine): () => Promise<void> {
  const running = new Set<Promise<void>>()
  const timers = machine.features
    .flatMap((feature) => feature.jobs)
    .map((job) => {
      let busy = false
      const turn = () => {
        if (busy) return
        busy = true
        const run = runJob(machine, job).finally(() => {
          busy = false
          running.delete(run)
        })
        running.add(run)
      }
      if (job.outside === true) turn()
      return setInterval(turn, job.everySeconds * 1000)
    })
  return async () => {
    timers.forEach((timer) => clearInterval(timer))
    await Promise.all(running)
  }
}

/** One run of one job; a failure is logged by its kind and tried again next time. */
export async function runJob(machine: Machine, job: Job): Promise<void> {
  try {
    const count = await job.run(machine, fromMillis(Date.now()))
    if (count > 0) machine.log.info('job', { job: job.name, count })
  } catch (error) {
    machine.log.error('job failed', { job: job.name, code: error instanceof Error ? error.name : 'unknown' })
  }
}
