import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import PO from 'pofile'

// `npm run words`: every catalogue sorted by id, one blank line between entries, so that two people's new words rarely meet
// in the same place. Two entries of one id that say the same become one; where they differ, `npm run check:words` says so.
for (const file of readdirSync('locales').filter((name) => name.endsWith('.po'))) {
  const po = PO.parse(readFileSync(`locales/${file}`, 'utf8'))
  const seen = new Set()
  po.items = po.items
    .filter((item) => {
      const entry = `${item.msgid}\n${item.msgstr[0]}`
      return !seen.has(entry) && seen.add(entry)
    })
    .sort((a, b) => (a.msgid < b.msgid ? -1 : 1))
  writeFileSync(`locales/${file}`, `${po.toString().trimEnd()}\n`)
}
