import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartError } from './config.ts'
import { countryCodes, loadCountry } from './countries.ts'

// `npm run check:country [CODE]`: what a ministry runs before it sends its pack.
const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'countries')
const [, , wanted] = process.argv
let failed = false
for (const code of wanted === undefined ? countryCodes(folder) : [wanted]) {
  try {
    const { pack } = loadCountry(folder, code)
    const open = pack.safeguards.filter(
      (rule) => rule.limit !== null && rule.limitConfidence !== 'confirmed_by_counsel',
    ).length
    console.log(
      `${code}: ${pack.safeguards.length} safeguards, ${Object.keys(pack.codeLists).length} code lists; ${open} limits to be confirmed by counsel.`,
    )
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    failed = true
    console.error(error.message)
  }
}
process.exit(failed ? 1 : 0)
