import { addMillis, fromMillis, type Instant } from '../core/time.ts'
import { type Config, StartError } from './config.ts'
import { isOpenToOthers } from './data-folder.ts'
import { type DatabaseFacts, readDatabaseFacts } from './database-facts.ts'
import { databaseProblems } from './database-problems.ts'
import { findKeyFiles } from './keys.ts'
import { nodeEndedOn } from './node-versions.ts'

/** The P0 controls of security.md 13 that are not there yet: real cases wait for each of them. */
const MISSING_P0 = [
  'the epoch job, erasure that reaches the backups, and the restore rule',
  'the Merkle tree over the audit ledger, its verification and a first witness',
  'backup and restore drill',
  'the yearly question whether an open file still needs each of its parts',
]

export type Acceptance = { by: string; on: string }

/** How a production start came about: what is missing, and who answers for starting all the same. */
export type Pilot = { missing: string[]; acceptance: Acceptance | null }

const ACCEPTED_FOR_DAYS = 90

/** What the gate looks at besides the settings. */
export type Surroundings = {
  folderIsOpen: boolean
  keyFiles: { plain: boolean; sealed: boolean }
  nodeVersion: string
  now: Instant
}

/** Production starts on nothing unsafe, and not before every P0 control is there or somebody answers for it by name. */
export async function passProductionGate(config: Config, now: Instant): Promise<Pilot> {
  const surroundings = {
    folderIsOpen: isOpenToOthers(config.dataFolder),
    keyFiles: findKeyFiles(config.dataFolder),
    nodeVersion: process.versions.node,
    now,
  }
  const facts = await readDatabaseFacts(config)
  return judgeProduction(config, surroundings, facts)
}

/** Throws one StartError that names everything at once: an operator mends a list, not one fault an attempt. */
export function judgeProduction(config: Config, surroundings: Surroundings, facts: DatabaseFacts | null): Pilot {
  const missing = missingControls(config)
  const acceptance = acceptanceOf(config.pilotAcceptedBy, surroundings.now)
  const problems = [
    ...settingsProblems(config, surroundings),
    ...(facts === null ? [NO_POSTGRES] : databaseProblems(facts)),
    ...(typeof acceptance === 'string' && missing.length > 0 ? [`${missingText(missing)} ${acceptance}`] : []),
  ]
  if (problems.length > 0)
    throw new StartError(`Production does not start:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
  return { missing, acceptance: typeof acceptance === 'string' ? null : acceptance }
}

const NO_POSTGRES = 'PGlite can lose acknowledged work when the power fails: set DATABASE_URL to a PostgreSQL.'

function missingControls(config: Config): string[] {
  return config.dpia === null
    ? [...MISSING_P0, 'a signed data-protection impact assessment (its number in KEMBALI_DPIA)']
    : [...MISSING_P0]
}

export function missingText(missing: string[]): string {
  return `Not there yet: ${missing.join('; ')}.`
}

function settingsProblems(config: Config, { folderIsOpen, keyFiles, nodeVersion, now }: Surroundings): string[] {
  const problems: string[] = []
  if (config.origin === null)
    problems.push(
      'KEMBALI_ORIGIN is not set: it must be the https address people use, for instance https://kembali.example.org.',
    )
  else if (!isHttpsOrigin(config.origin))
    problems.push(
      'KEMBALI_ORIGIN must be an https address without a path: passwords and sessions never travel in the clear.',
    )
  if (folderIsOpen) problems.push('Other people of this computer can look into the data folder: give it mode 0700.')
  if (keyFiles.plain)
    problems.push(
      'A plain key file (keys.json) is in the data folder: whoever copies it reads everything. Use a fresh data folder.',
    )
  if (!keyFiles.sealed) problems.push('There is no sealed key file yet: run "kembali make-keys" once.')
  const ended = nodeEndedOn(nodeVersion, now.slice(0, 10))
  if (ended !== null && !config.oldNode)
    problems.push(
      `Node ${nodeVersion} has had no security updates since ${ended}: install Node 24, or accept it with KEMBALI_OLD_NODE=yes.`,
    )
  return [...problems, ...noticeProblems(config)]
}

/** What leaves the house leaves it sealed on the way, and to nobody inside it. */
function noticeProblems({ mail, push }: Config): string[] {
  const problems: string[] = []
  if (mail !== null && mail.tls === 'none' && !isThisComputer(mail.host))
    problems.push(
      `KEMBALI_SMTP_TLS=off would send mail to ${mail.host} in the clear: only a relay on this computer may speak no TLS.`,
    )
  if (mail !== null && mail.tls === 'none' && mail.login !== null)
    problems.push('KEMBALI_SMTP holds a password and KEMBALI_SMTP_TLS=off would send it in the clear.')
  const inside = push?.hosts.find((host) => isThisComputer(host.replace(/:\d+$/, '')) || !host.includes('.'))
  if (inside !== undefined)
    problems.push(`KEMBALI_PUSH_HOSTS names ${inside}: a push service is a public host, never one inside.`)
  return problems
}

function isThisComputer(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host)
}

function isHttpsOrigin(origin: string): boolean {
  const url = new URL(origin)
  return url.protocol === 'https:' && url.origin === origin
}

/** Reads `name, YYYY-MM-DD`; a sentence says what is wrong with it. */
function acceptanceOf(text: string | null, now: Instant): Acceptance | string {
  const how = 'Who answers for starting all the same says so: KEMBALI_PILOT_ACCEPTED_BY="Name, YYYY-MM-DD".'
  if (text === null) return how
  const [, by, on] = /^(\S.{1,79}), (\d{4}-\d{2}-\d{2})$/.exec(text.trim()) ?? []
  if (by === undefined || on === undefined || !isDay(on))
    return `KEMBALI_PILOT_ACCEPTED_BY is not a name and a day. ${how}`
  const today = now.slice(0, 10)
  if (on > today) return `The acceptance of ${on} lies in the future: it must carry the day it was given.`
  const oldest = addMillis(now, -ACCEPTED_FOR_DAYS * 86_400_000).slice(0, 10)
  if (on < oldest) return `The acceptance of ${on} is older than ${ACCEPTED_FOR_DAYS} days: it must be given anew.`
  return { by, on }
}

function isDay(day: string): boolean {
  const millis = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(millis) && fromMillis(millis).startsWith(day)
}
