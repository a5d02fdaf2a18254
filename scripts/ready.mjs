import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Installs and builds what is missing; says plainly what it does. */
export function makeReady() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Kembali needs Node 20.19 or newer; this is ${process.versions.node}.`)
    process.exit(1)
  }
  if (
    !existsSync('node_modules/.package-lock.json') ||
    newest(['package-lock.json']) > newest(['node_modules/.package-lock.json'])
  ) {
    console.log('Installing what Kembali is built with (npm ci) …')
    run('npm', ['ci', '--no-audit', '--no-fund'])
  }
}

/** Builds the server and the web app when a source is newer than what was built. */
export function makeBuilt() {
  if (isBuilt()) return
  console.log('Building …')
  run('npm', ['run', '--silent', 'build'])
}

/**
 * The same beside whoever asks: resolves when the server can be run, with whether the web app, which takes longer, gets built too.
 * Ends with the build's own sentence when there is no server to run.
 */
export function beginBuild() {
  if (isBuilt()) return Promise.resolve({ web: Promise.resolve(true) })
  console.log('Building …')
  const child = spawn(process.execPath, ['scripts/build.mjs'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  process.once('exit', () => child.kill())
  const web = new Promise((ended) => child.once('close', (code) => ended(code === 0)))
  return new Promise((resolve) => {
    const noServer = () => process.exit(1)
    child.once('close', noServer)
    child.once('message', () => {
      child.off('close', noServer)
      resolve({ web })
    })
  })
}

function isBuilt() {
  const sources = newest(['src', 'countries', 'locales', 'scripts', 'package-lock.json', 'vite.config.ts'])
  return existsSync('dist/built') && sources <= newest(['dist/built'])
}

/** Compiles what kills and measures the program; needs what `makeBuilt` made. */
export async function makeTools() {
  // Imported only now: it needs a package, which may have been installed a moment ago.
  const { writeServer } = await import('./server-code.mjs')
  await writeServer('dist/tools', ['test'])
}

function newest(paths) {
  let latest = 0
  for (const path of paths) {
    if (!existsSync(path)) continue
    const found = statSync(path)
    latest = Math.max(
      latest,
      found.isDirectory() ? newest(readdirSync(path).map((name) => join(path, name))) : found.mtimeMs,
    )
  }
  return latest
}

export function run(command, args, options = {}) {
  try {
    execFileSync(command, args, { stdio: 'inherit', ...options })
  } catch (error) {
    process.exit(error.status ?? 1)
  }
}
