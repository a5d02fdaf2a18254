import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

// `node scripts/held.mjs command …`: runs a command for whoever holds the other end of our standard input. When she is gone,
// in whatever way she went, the command and everything it started are ended: no database and no browser stays behind.
const [command = '', ...args] = process.argv.slice(2)
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
child.once('error', (error) => {
  console.error(`${command} did not start: ${error.message}`)
  process.exit(1)
})
child.once('exit', (code) => process.exit(code ?? 1))
process.stdin.resume().once('close', () => {
  for (const pid of startedBy(process.pid)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It had ended by itself.
    }
  }
  process.exit(1)
})

/** Everything that runs because of one process, from the nearest to the farthest; also what left its group, as browsers do. */
function startedBy(pid) {
  const parents = parentsOfAll()
  const found = [pid]
  for (const one of found) found.push(...parents.filter(([, parent]) => parent === one).map(([own]) => own))
  return found.slice(1)
}

function parentsOfAll() {
  if (!existsSync('/proc/self/stat'))
    return spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
      .stdout.split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number))
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // The name of a program stands in brackets and may hold anything; its parent is the second word behind it.
        const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1).split(' ')
        return [[Number(name), Number(parent)]]
      } catch {
        return []
      }
    })
}
