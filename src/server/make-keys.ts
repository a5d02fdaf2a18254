import type { PassphraseRefusal } from '../crypto/passphrase.ts'
import type { SealedKeyfile } from '../crypto/sealed-keyfile.ts'
import { StartError } from './config.ts'
import { isOpenToOthers, mustBeWritable } from './data-folder.ts'
import { EPOCH, findKeyFiles, makeSealedKeys, openSealedKeys } from './keys.ts'
import type { Terminal } from './terminal.ts'

/**
 * Makes the keys of a new site. No key is used before somebody has typed the last group of the sheet back: a site
 * without its sheet loses every file with a forgotten passphrase. Stopped in between, the command goes on where it was.
 */
export async function makeKeys(dataFolder: string, terminal: Terminal): Promise<number> {
  mustBeWritable(dataFolder)
  if (isOpenToOthers(dataFolder))
    throw new StartError(`Other people of this computer can look into ${dataFolder}: give it mode 0700 first.`)
  const files = findKeyFiles(dataFolder)
  if (files.plain) throw new StartError('A plain key file is in this data folder. Keys of real cases need a fresh one.')
  const keyfile = files.sealed ? await openAgain(dataFolder, terminal) : await begin(dataFolder, terminal)
  for (;;) {
    const typed = await terminal.ask('Put the sheet away where the key file is not, and type its last group: ')
    if (await keyfile.confirmSheet(typed)) break
    console.error('That is not the last group.')
  }
  await keyfile.provider.createEpochKey(EPOCH.domain, EPOCH.epoch)
  keyfile.seal()
  console.error('The keys are made and sealed. Start the server and run "kembali unseal".')
  return 0
}

async function begin(dataFolder: string, terminal: Terminal): Promise<SealedKeyfile> {
  const passphrase = await terminal.askSecret('A passphrase of at least 15 characters: ')
  if (terminal.isPerson && (await terminal.askSecret('The same again: ')) !== passphrase)
    throw new StartError('The two were not the same. Nothing was made.')
  const made = await makeSealedKeys(dataFolder, passphrase)
  if (!made.ok) throw new StartError(refusalText(made.refusal))
  showSheet(made.change.sheet)
  return made.change.keyfile
}

/** A sheet that was printed and not confirmed; a confirmed one is never asked for again. */
async function openAgain(dataFolder: string, terminal: Terminal): Promise<SealedKeyfile> {
  const keyfile = openSealedKeys(dataFolder)
  const opened = await keyfile.unseal(await terminal.askSecret('There is a key file. Its passphrase: '))
  if (opened === 'refused') throw new StartError('That does not open the keys.')
  if (await keyfile.isConfirmed()) {
    keyfile.seal()
    throw new StartError('The keys of this site are made and their sheet is confirmed: there is nothing to do.')
  }
  console.error('If nobody has its sheet, delete keys.sealed and begin anew: nothing was written under these keys yet.')
  return keyfile
}

function showSheet(groups: readonly string[]): void {
  console.log(
    [
      '',
      'RECOVERY SHEET. It opens every file of this site without the passphrase.',
      'Write it on paper or print it. It is shown this once, and kept nowhere.',
      '',
      ...[0, 4].map((at) => `    ${groups.slice(at, at + 4).join('  ')}`),
      '',
    ].join('\n'),
  )
}

function refusalText(refusal: PassphraseRefusal): string {
  switch (refusal.reason) {
    case 'too_short':
      return `The passphrase needs at least ${refusal.least} characters. Nothing was made.`
    case 'too_long':
      return `The passphrase may have at most ${refusal.most} characters. Nothing was made.`
    case 'easy_to_guess':
      return 'That passphrase is easy to guess. Nothing was made.'
  }
}
