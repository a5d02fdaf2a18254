import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartError } from './config.ts'
import { type CompiledPack, countryCodes, loadCountry } from './countries.ts'

// `npm run check:country [CODE]`: what a ministry runs before it sends its pack.
const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'countries')
const [, , wanted] = process.argv
let failed = false
for (const code of wanted === undefined ? countryCodes(folder) : [wanted]) {
  try {
    for (const line of sayOf(code, loadCountry(folder, code))) console.log(line)
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    failed = true
    console.error(error.message)
  }
}
process.exit(failed ? 1 : 0)

/** What is there, what counsel still has to confirm, and which labels fall back to English. */
function sayOf(code: string, { pack, files }: CompiledPack): string[] {
  const limits = pack.safeguards.filter((rule) => rule.limit !== null)
  const open = limits.filter((rule) => rule.limitConfidence !== 'confirmed_by_counsel')
  const recalled = open.filter((rule) => rule.limitConfidence === 'recalled')
  const law = Object.values(files.law?.sections ?? {}).flat()
  const unconfirmed = law.filter((row) => row.confidence !== 'confirmed_by_counsel').length
  const labels = [
    ...pack.safeguards.flatMap((rule) => [rule.title, rule.rule]),
    ...pack.regions.map((region) => region.label),
    ...pack.questions.flatMap(({ title, questions }) => [title, ...questions.map((question) => question.ask)]),
    ...Object.values(pack.codeLists).flatMap((codes) => codes.map((one) => one.label)),
  ]
  const missing = pack.languages
    .map((language) => ({ language, count: labels.filter((label) => label[language] === undefined).length }))
    .filter(({ count }) => count > 0)
    .map(({ language, count }) => `${count} of ${labels.length} in ${language}`)
  return [
    `${code}: ${pack.safeguards.length} safeguards, ${pack.regions.length} regions, ${Object.keys(pack.codeLists).length} code lists, ${law.length} rows of law, ${files.limits.length} national limits, ${pack.questions.flatMap((section) => section.questions).length} questions.`,
    `  To be confirmed by counsel: ${open.length} of ${limits.length} time limits (${recalled.length} only recalled), ${unconfirmed} rows of law.`,
    `  Time frames to be confirmed: ${Object.values(pack.timeFrames).filter((frame) => frame.confidence !== 'confirmed_by_counsel').length} of ${Object.keys(pack.timeFrames).length} levels of risk.`,
    missing.length === 0 ? '  Every label is there.' : `  Labels shown in English for now: ${missing.join(', ')}.`,
  ]
}
