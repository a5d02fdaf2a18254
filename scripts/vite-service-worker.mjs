import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import ts from 'typescript'

/** Files a device fetches only once it needs them: languages other than English, and the letters of Thaana. */
const ON_DEMAND = [/^assets\/words-(?!en-)/, /thaana/, /\.map$/]

/** Builds our own service worker: the list of hashed files and one number for the whole, put before its source. */
export function serviceWorker() {
  return {
    name: 'kembali-service-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const onDemand = Object.keys(bundle).filter(
          (name) => !name.endsWith('.map') && ON_DEMAND.some((rule) => rule.test(name)),
        )
        const built = Object.keys(bundle).filter((name) => !ON_DEMAND.some((rule) => rule.test(name)))
        const kept = ['index.html', ...OWN].map((name) => [
          name,
          name === 'index.html' ? contentOf(bundle[name]) : readFileSync(`src/web/public/${name}`),
        ])
        const number = createHash('sha256')
        for (const name of [...built, ...onDemand].sort()) number.update(name)
        for (const [, content] of kept) number.update(content)
        const files = [
          '/',
          ...built.filter((name) => name !== 'index.html').map((name) => `/${name}`),
          ...OWN.map((name) => `/${name}`),
        ]
        const source = readFileSync('src/web/service-worker.ts', 'utf8')
        const { outputText } = ts.transpileModule(source, {
          compilerOptions: { target: 'ES2022', module: 'ESNext', removeComments: true },
        })
        const head = `const VERSION=${JSON.stringify(number.digest('hex').slice(0, 16))};const FILES=${JSON.stringify(files)};const ON_DEMAND=${JSON.stringify(onDemand.map((name) => `/${name}`))};\n`
        this.emitFile({
          type: 'asset',
          fileName: 'service-worker.js',
          source: head + outputText.replace(/^export \{\s*\};?$/m, ''),
        })
      },
    },
  }
}

/** Files with a fixed name, so that the home screen and *Hide screen* find them. */
const OWN = ['notes.html', 'notes.css', 'icon.svg', 'manifest.webmanifest']

function contentOf(file) {
  return file === undefined ? '' : String(file.source ?? file.code ?? '')
}
