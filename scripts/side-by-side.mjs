import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const HELD = fileURLToPath(new URL('held.mjs', import.meta.url))

/**
 * Starts runs that do not need one another in the order given, as many at once as there are cores but never more than four. Each line
 * is printed as it comes, with the name of its run before it. Answers for each run whether it went well, its seconds and its last lines.
 * A run: `{ name, command: [program, arguments], env }`.
 */
export async function sideBySide(runs) {
  const width = Math.max(...runs.map(({ name }) => name.length))
  const waiting = [...runs]
  const told = new Map()
  async function lane() {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) told.set(run, await one(run, width))
  }
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, lane))
  return runs.map((run) => ({ name: run.name, ...told.get(run) }))
}

function one({ name, command: [program, args], env = {} }, width) {
  const lines = []
  const say = (line) => {
    console.log(`${name.padEnd(width)} | ${line}`)
    lines.push(line)
    if (lines.length > 300) lines.shift()
  }
  const started = Date.now()
  // In a group of its own, at the end of a pipe of ours: it ends when we do, and not before it was told (held.mjs).
  const child = spawn(process.execPath, [HELD, program, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, ...env },
  })
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', say)
  say('begins')
  return new Promise((resolve) => {
    child.once('close', (code) => {
      const seconds = Math.round((Date.now() - started) / 1000)
      say(`${code === 0 ? 'ends' : 'FAILED'} after ${seconds} s`)
      resolve({ ok: code === 0, seconds, lines })
    })
  })
}
