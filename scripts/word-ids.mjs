import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import PO from 'pofile'

const WRITTEN = 'src/web/word-ids.ts'

/** Writes the type of all ids the English catalogue has words for, so that a wrong id does not compile. */
export function writeWordIds() {
  const ids = PO.parse(readFileSync('locales/en.po', 'utf8')).items.map((item) => item.msgid)
  const text = `// Written by scripts/word-ids.mjs from locales/en.po.\nexport type WordId =\n${ids.map((id) => `  | '${id}'`).join('\n')}\n`
  // An unchanged file keeps its time, so that nothing is built anew because of it.
  if (readIfThere(WRITTEN) !== text) writeFileSync(WRITTEN, text)
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeWordIds()
