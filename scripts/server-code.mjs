import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformWithOxc } from 'vite'

/** What a server runs from; `test` besides for what measures and kills it. */
const SERVER = ['src/server', 'src/core', 'src/crypto', 'src/features', 'countries/demo']

/**
 * Writes the server as JavaScript into `to`, file by file and comments included: only types are taken away, by the same compiler the
 * tests are run with. Whether the types are right is asked by `npm run check`, which takes a hundred times as long.
 */
export async function writeServer(to = 'dist', besides = []) {
  for (const file of [...SERVER, ...besides].flatMap(sourcesIn)) {
    const { code } = await transformWithOxc(readFileSync(file, 'utf8'), file, {
      target: 'es2023',
      sourcemap: false,
      tsconfig: false,
      typescript: { onlyRemoveTypeImports: true, rewriteImportExtensions: true },
    })
    const written = join(to, file.replace(/\.ts$/, '.js'))
    mkdirSync(dirname(written), { recursive: true })
    writeFileSync(written, code)
  }
}

/** No tests, and nothing of screens: those are the browser's. */
function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return ['screens', 'browser'].includes(entry.name) ? [] : sourcesIn(path)
    return /(?<!\.test|\.d)\.ts$/.test(path) ? [path] : []
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeServer()
