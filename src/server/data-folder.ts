import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from './config.ts'

/**
 * Makes the data folder where it is missing and takes it for this program alone; answers how to give it back.
 * PGlite has no lock of its own and would lose rows under two programs; a sealed key file and its socket have one owner too.
 */
export function takeDataFolder(folder: string): () => void {
  mustBeWritable(folder)
  const lock = join(folder, 'kembali.lock')
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      return () => rmSync(lock, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      const holder = Number(readFileSync(lock, 'utf8'))
      if (holder !== process.pid && isAlive(holder))
        throw new StartError(
          `The data folder is in use by another Kembali (process ${holder}). Stop it first, or set KEMBALI_DATA.`,
        )
      rmSync(lock, { force: true })
    }
  }
}

/** Makes the folder, closed to other people of this computer; throws a StartError when it cannot be written. */
export function mustBeWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
  } catch {
    throw new StartError(`The data folder ${folder} cannot be written. Set KEMBALI_DATA to a folder that can.`)
  }
}

/** Whether other people of this computer may look into the folder. */
export function isOpenToOthers(folder: string): boolean {
  return (statSync(folder).mode & 0o077) !== 0
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** An empty file that says that something was begun here and is not at its end. */
export function markOf(folder: string, name: string): { stands: () => boolean; set: () => void; clear: () => void } {
  const path = join(folder, name)
  return { stands: () => existsSync(path), set: () => writeFileSync(path, ''), clear: () => rmSync(path) }
}
