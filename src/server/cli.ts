#!/usr/bin/env node
import { readConfig, StartError } from './config.ts'
import { askServer, type OperatorReply, type OperatorRequest } from './control-socket.ts'
import { importLines, importRequest } from './cli-import.ts'
import { makeKeys } from './make-keys.ts'
import { prepareDatabase } from './prepare-database.ts'
import { NothingTyped, openTerminal, type Terminal } from './terminal.ts'

const HELP = `kembali: what an operator does beside the running server

  kembali prepare-database   once, by a superuser of the database: roles, logins and grants; prints the four settings
  kembali make-keys          once: makes the sealed key file and shows the recovery sheet
  kembali unseal             at each start: the passphrase opens the keys (--sheet: the recovery sheet does)
  kembali status             keys, database, and what is still missing
  kembali lockdown           overwrites the keys in memory and ends every session; "unseal" opens them again
  kembali import cases FILE  looks a list of cases (.csv, .xlsx) over; --write takes it in, --mapping FILE names its columns;
                             it runs as a person: in the demo --as LOGIN, else by words she makes on her screen

It reads the same settings as the server (KEMBALI_DATA above all). Secrets are asked for, or read from stdin.`

/** One command; answers the exit code. */
async function run([command = 'help', ...more]: string[], terminal: Terminal): Promise<number> {
  const { dataFolder } = readConfig(process.env)
  switch (command) {
    case 'prepare-database':
      return prepare(terminal)
    case 'make-keys':
      return makeKeys(dataFolder, terminal)
    case 'unseal':
      return tell(
        await ask(dataFolder, more.includes('--sheet') ? await bySheet(terminal) : await byPassphrase(terminal)),
      )
    case 'status':
      return tell(await ask(dataFolder, { command: 'status' }))
    case 'lockdown':
      return tell(await ask(dataFolder, { command: 'lockdown' }))
    case 'import':
      return importList(dataFolder, more, terminal)
    case 'help':
    case '--help':
      console.log(HELP)
      return 0
    default:
      console.error(`There is no command "${command}".\n\n${HELP}`)
      return 2
  }
}

async function importList(dataFolder: string, args: string[], terminal: Terminal): Promise<number> {
  const request = await importRequest(args, terminal)
  if (typeof request === 'string') {
    console.error(request)
    return 2
  }
  const reply = await ask(dataFolder, request)
  if (reply.answer !== 'imported') return tell(reply)
  console.log(importLines(reply).join('\n'))
  return reply.faults.length === 0 ? 0 : 1
}

async function prepare(terminal: Terminal): Promise<number> {
  const url = await terminal.askSecret('Address of the database with a superuser (postgres://…/kembali): ')
  const settings = await prepareDatabase(url.trim())
  console.log(settings.join('\n'))
  console.error(
    'These are the settings of the four logins. They are shown this once: keep them where only the server reads them.',
  )
  return 0
}

async function byPassphrase(terminal: Terminal): Promise<OperatorRequest> {
  return { command: 'unseal', passphrase: await terminal.askSecret('Passphrase: ') }
}

async function bySheet(terminal: Terminal): Promise<OperatorRequest> {
  const sheet = await terminal.askSecret('The eight groups of the recovery sheet: ')
  return { command: 'unseal_with_sheet', sheet, newPassphrase: await terminal.askSecret('A new passphrase: ') }
}

async function ask(dataFolder: string, request: OperatorRequest): Promise<OperatorReply> {
  const reply = await askServer(dataFolder, request)
  if (reply === null) throw new StartError(`No server runs on the data folder ${dataFolder}. Set KEMBALI_DATA.`)
  return reply
}

function tell(reply: OperatorReply): number {
  const [code, sentence] = sentenceOf(reply)
  if (code === 0 || reply.answer === 'status') console.log(sentence)
  else console.error(sentence)
  return code
}

function sentenceOf(reply: OperatorReply): [number, string] {
  switch (reply.answer) {
    case 'unsealed':
      return [0, 'Unsealed. Files can be opened now.']
    case 'imported':
      return [0, importLines(reply).join('\n')]
    case 'not_imported':
      return [1, reply.sentence]
    case 'refused':
      return [1, 'That does not open the keys.']
    case 'mistyped':
      return [1, `Group ${reply.groups.join(', ')} of the sheet is mistyped.`]
    case 'weak_passphrase':
      return [
        1,
        `Unsealed by the sheet, but the new passphrase was not taken (${reply.reason}). Run this again with another.`,
      ]
    case 'sheet_not_confirmed':
      return [1, 'The recovery sheet was never confirmed. Run "kembali make-keys" again and type its last group.']
    case 'ledger_unavailable':
      return [1, 'The ledger cannot be written, so the keys stay sealed. Is the database up?']
    case 'locked_down':
      return [0, `Sealed. ${reply.sessions} sessions have ended.`]
    case 'sealed_only':
      return [1, 'Sealed, but the database did not answer: sessions have not ended. Run this again.']
    case 'failed':
      return [1, 'The server could not do that. Its log says why.']
    case 'status':
      return [
        reply.keys === 'ok' && reply.database === 'ok' ? 0 : 1,
        `keys: ${reply.keys}\ndatabase: ${reply.database}` +
          (reply.pilot.length === 0
            ? ''
            : `\npilot, not there yet:\n${reply.pilot.map((one) => `  - ${one}`).join('\n')}`),
      ]
  }
}

const terminal = openTerminal()
run(process.argv.slice(2), terminal)
  .catch((error: unknown) => {
    if (error instanceof StartError) console.error(error.message)
    else if (error instanceof NothingTyped) console.error('Nothing was typed, and nothing was done.')
    else console.error('That did not work.', error)
    return 1
  })
  .then((code) => {
    terminal.close()
    process.exitCode = code
  })
  .catch(() => (process.exitCode = 1))
