import type * as z from 'zod'
import type { ConsentPack, Recipient } from '../core/consent-pack.ts'
import type { Code } from '../core/country.ts'
import { CapacityBand } from '../core/consent-pack.ts'
import type { Part } from '../core/part.ts'
import type { Yaml } from './countries.ts'
import { CaseManagementFile } from './case-management-file.ts'
import type * as files from './country-files.ts'

type CaseManagement = Yaml<z.infer<typeof CaseManagementFile>>
type Texts = Yaml<files.ConsentTextFile>

/** Which parts of a file each class of the sharing table stands for (security.md 2.2). */
const PARTS: Record<string, readonly Part[]> = {
  D3: ['identity'],
  D4: ['services', 'narrative'],
  D5: ['association'],
  D6: ['health'],
  D7: ['legal'],
  D8: ['location'],
  D9: ['family'],
}
/** A paper written for one recipient, of which no part of the file is opened. */
const WRITTEN_FOR_IT = 'D10'
/** Bodies that may be told words written for them although the table gives them no class: a named danger, a parent in prison, one incident. */
const WORDS_ONLY = ['police_children_desk', 'prison_service', 'mrm_country_task_force']
/** Nobody outside is meant by these: our own office, the child and its carer. */
const NOT_TOLD = ['client', 'oversight_and_learning']
const TOLD_ALL_THE_SAME = ['mrm_country_task_force']

/** What the phone must know to ask for consent, checked against the lists it names. */
export function consentPack(
  { data, fault }: CaseManagement,
  texts: readonly Texts[],
  sharing: files.SharingFile,
  codeLists: Record<string, Code[]>,
): ConsentPack {
  const { purposes, never_a_purpose, capacity_bands_default } = data.consent
  const listed = (list: string) => new Set((codeLists[list] ?? []).map((one) => one.code))
  purposes.forEach(({ code }, at) => {
    if (!listed('consent_purpose').has(code))
      throw fault(['consent', 'purposes', at], `the list consent_purpose has no code ${code}`)
  })
  const bands = capacity_bands_default.items.map(({ band, child, adult }, at) => {
    const found = CapacityBand.safeParse({ ageBand: band.replace('-', '_'), child, adult })
    if (!found.success) throw fault(['consent', 'capacity_bands_default', 'items', at], `there is no age band ${band}`)
    return found.data
  })
  return { bands, texts: texts.flatMap((file) => textsOf(file, purposes, never_a_purpose)), recipients: recipientsOf() }

  function recipientsOf(): Recipient[] {
    const known = listed('recipient_function')
    return Object.entries(sharing.recipient_functions).flatMap(([kind, codes]) =>
      codes
        .filter((code) => known.has(code) && (!NOT_TOLD.includes(kind) || TOLD_ALL_THE_SAME.includes(code)))
        .map((code) => {
          const may = sharing.rules.find((rule) => rule.recipient === code)?.may ?? []
          const parts = kind === 'enforcement' ? [] : may.flatMap((one) => PARTS[one] ?? [])
          const words = may.includes(WRITTEN_FOR_IT) || WORDS_ONLY.includes(code)
          return { code, kind, parts, reach: parts.length > 0 ? 'parts' : words ? 'words' : 'nothing' } as const
        }),
    )
  }
}

/** Each text whole: its own words and what holds for all of them. */
function textsOf({ data, fault }: Texts, purposes: readonly { code: string }[], never: readonly string[]) {
  return data.texts.map(({ code, purpose, text, valid_to }, at) => {
    if (never.includes(purpose)) throw fault(['texts', at, 'purpose'], `nobody is ever asked for ${purpose}`)
    if (!purposes.some((one) => one.code === purpose))
      throw fault(['texts', at, 'purpose'], `there is no purpose ${purpose}`)
    const whole = Object.entries(text).flatMap(([language, words]) => {
      const always = data.always[language]
      return always === undefined ? [] : [[language, `${words}\n\n${always}`] as const]
    })
    return { code, purpose, text: Object.fromEntries(whole), validTo: valid_to ?? null }
  })
}
