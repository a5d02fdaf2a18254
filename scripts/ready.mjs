import { execFileSync } from 'node:child_process'
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
  const sources = newest(['src', 'countries', 'locales', 'package-lock.json', 'tsconfig.server.json', 'vite.config.ts'])
  if (!existsSync('dist/built') || sources > newest(['dist/built'])) {
    console.log('Building …')
    run('npm', ['run', '--silent', 'build'])
  }
}

/** Compiles what kills and measures the program; needs what `makeBuilt` made. */
export function makeTools() {
  run('npx', ['tsc', '-p', 'tsconfig.tools.json'])
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
