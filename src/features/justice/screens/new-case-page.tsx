import { useGoOn } from '../../../web/here-context.ts'
import { useMemo } from 'react'
import { newId, randomBytes } from '../../../crypto/random.ts'
import { attempt } from '../../../web/attempt.ts'
import { decideContext, recordOrSay, useDesk, zoneOf } from '../../../web/app-context.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { fieldsOf, momentOf } from '../../../web/ui/when.ts'
import { makeAlias } from '../../cases/alias.ts'
import { AgeBand, Sex } from '../../cases/case.ts'
import { openCase } from '../../cases/ops.ts'
import { ownCases } from '../../cases/screens/case-file.ts'
import { codeOptions } from '../../cases/screens/codes.ts'
import type { JusticeContact } from '../contact.ts'
import { recordContact } from '../ops.ts'
import { readContact } from './contact-form.ts'
import { KnownAlready } from './KnownAlready.tsx'
import { useContactErrors } from './use-contact-errors.ts'
import { NewCase } from './NewCase.tsx'

export function NewCasePage() {
  const { app, desk, speech, pack, person, now, rows } = useDesk()
  const errors = useContactErrors()
  const goOn = useGoOn()
  // Made once for this page: a second tap is about the same child.
  const ids = useMemo(() => ({ caseId: newId(), contactId: newId() }), [])
  const { t } = speech
  const newest = ownCases(rows)[0]?.case.region
  const region = newest ?? (pack.regions.length === 1 ? pack.regions[0]?.code : undefined)
  const { day } = fieldsOf(now, zoneOf(pack, region))

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const isHeld = one(values, 'held') === 'yes'
    const timeZone = zoneOf(pack, one(values, 'region'))
    const wrong: Record<string, string> = {}
    // The first answer brings the other questions: none is asked for before it stands on the page.
    const needed = one(values, 'held') === '' ? ['held'] : ['region', ...(isHeld ? ['authority'] : [])]
    for (const name of needed)
      if (one(values, name) === '') wrong[name] = speech.find(`justice.needed.${name}`) ?? t('field.needed')
    if (isHeld && momentOf(values, 'at', timeZone).state !== 'said') wrong.at = t('justice.day_and_time')
    if (Object.keys(wrong).length > 0) return wrong
    const context = decideContext(app, desk, timeZone)
    const opened = attempt(
      openCase,
      {
        id: ids.caseId as never, // `newId` makes a UUID; the operation's own schema brands it
        alias: newAlias(),
        orgId: person.organisation.id as never,
        teamId: (one(values, 'team') || (person.teams[0]?.id ?? '')) as never,
        region: one(values, 'region'),
        sex: Sex.catch('not_known').parse(one(values, 'sex')),
        ageBand: AgeBand.catch('not_known').parse(one(values, 'ageBand')),
        threatened: one(values, 'threatened') === 'yes',
      },
      {
        exists: false,
        regions: pack.regions.map((one) => one.code),
        teamIsMine: true,
        orgIsMine: true,
        isImport: false,
      },
      context,
    )
    if (!opened.ok) return errors.refused(opened, {})
    const drafts = [opened.draft]
    if (isHeld) {
      const first = { ...values, kind: ['detention'], capacities: ['victim'], ...nowAs('known', timeZone) }
      const read = readContact(
        { ...first, 'first.day': values['at.day'] ?? [], 'first.time': values['at.time'] ?? [] },
        { id: ids.contactId, caseId: ids.caseId, corrects: null },
        timeZone,
      )
      if (!read.ok) return errors.unread(read.wrong)
      // To the second: what is recorded in the minute of the arrest itself must not seem known before it.
      const contact = { ...read.contact, knownAt: context.now }
      const known = { closedAt: null, contacts: [], rules: pack.safeguards, supervisorAgreed: false }
      const tried = attempt(recordContact, contact as JusticeContact, known, context) // its own schema checks it first
      if (!tried.ok) return errors.refused(tried, contact)
      drafts.push(tried.draft)
    }
    const failed = await recordOrSay(app, speech, drafts)
    if (failed === null) goOn(`/cases/${ids.caseId}`)
    return failed
  }

  function nowAs(name: string, timeZone: string): FormValues {
    const fields = fieldsOf(app.now(), timeZone)
    return { [`${name}.day`]: [fields.day], [`${name}.time`]: [fields.time] }
  }

  function newAlias(): string {
    const words = pack.aliasWords[speech.language] ?? pack.aliasWords.en
    if (words === undefined) throw new Error('a pack has alias words in English at least')
    const [a = 0, b = 0] = new Uint32Array(randomBytes(8).buffer)
    return makeAlias(words, a, b)
  }

  return (
    <NewCase
      speech={speech}
      known={<KnownAlready speech={speech} cases={ownCases(rows)} />}
      regions={pack.regions.map((one) => ({ value: one.code, label: speech.label(one.label) }))}
      authorities={codeOptions(pack, 'custody_actor', speech).filter((code) => code.value !== 'none')}
      teams={person.teams.map((team) => ({ value: team.id, label: team.name }))}
      sexes={Sex.options.map((value) => ({ value, label: t(`cases.sex.${value}`) }))}
      ages={AgeBand.options.map((value) => ({ value, label: t(`cases.age.${value}`) }))}
      start={{
        'at.day': [day],
        sex: ['not_known'],
        ageBand: ['not_known'],
        ...(region === undefined ? {} : { region: [region] }),
        ...(person.teams[0] === undefined ? {} : { team: [person.teams[0].id] }),
      }}
      draft={desk.drafts.of('new-case')}
      submit={submit}
    />
  )
}
