import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// What a phone fetches before it can show the first screen (web.md, "Budgets"): the entry with everything it imports, the English
// words of the door, and the door. Other chunks come when their screen is first opened.
const FOLDER = 'dist/web/assets'
const files = existsSync(FOLDER) ? readdirSync(FOLDER) : []
const html = existsSync('dist/web/index.html') ? readFileSync('dist/web/index.html', 'utf8') : ''
const entry = [...html.matchAll(/\/assets\/([\w.-]+\.js)/g)].map(([, file]) => file)
const style = files.filter((file) => file.endsWith('.css'))
const words = files.filter((file) => /^words-en-(?!later)/.test(file))

const first = withImports([...entry, ...words])
const doors = withImports(files.filter((file) => file.startsWith('doors-')))
const onlyLater = files.filter((file) => file.endsWith('.js') && !first.has(file))

export default [
  {
    name: 'First load, up to the sign-in page',
    path: paths([...new Set([...first, ...doors, ...style])]),
    limit: '130 kB',
  },
  { name: 'Style', path: paths(style), limit: '12 kB' },
  // A screen is fetched while somebody waits for it; the words of one language once, with the app, and kept.
  ...onlyLater.map((file) => ({
    name: `Later: ${file.replace(/-[\w-]{8}\.js$/, '')}`,
    path: paths([file]),
    // A letter of Thaana takes two bytes where a Latin one takes one.
    limit: file.startsWith('words-dv') ? '62 kB' : file.startsWith('words-') ? '56 kB' : '40 kB',
  })),
]

function withImports(from) {
  const found = new Set()
  const add = (file) => {
    if (found.has(file)) return
    found.add(file)
    const text = readFileSync(join(FOLDER, file), 'utf8')
    for (const [, next] of text.matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) add(next)
  }
  for (const file of from) add(file)
  return found
}

function paths(names) {
  return names.map((name) => join(FOLDER, name))
}
