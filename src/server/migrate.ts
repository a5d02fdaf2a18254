import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256Hex } from '../crypto/hash.ts'
import { StartError } from './config.ts'

/** What the migrations need of a connection: run a script of several statements, ask one question. */
export type MigrationConnection = {
  script: (text: string) => Promise<void>
  rows: (text: string) => Promise<Record<string, unknown>[]>
}

type Migration = { name: string; text: string; hash: string }

/**
 * Applies what is not yet applied, oldest first, each in its own transaction as k_owner; answers the names applied now.
 * A migration that was edited after it ran stops the start: what is in the database would not be what the file says.
 */
export async function migrate(db: MigrationConnection, folder: string): Promise<string[]> {
  await db.script(`set role k_owner; create table if not exists migration (
    name text primary key, hash text not null, at timestamptz not null default now()); reset role`)
  const done = new Map(
    (await db.rows('select name, hash from migration')).map((row) => [String(row.name), String(row.hash)]),
  )
  const applied: string[] = []
  for (const { name, text, hash } of readMigrations(folder)) {
    const before = done.get(name)
    if (before === hash) continue
    if (before !== undefined)
      throw new StartError(`The migration ${name} was changed after it ran. Write a new one instead.`)
    await db.script(
      `begin; set local lock_timeout = '2s'; set local role k_owner; ${text}\n; insert into migration (name, hash) values ('${name}', '${hash}'); commit`,
    )
    applied.push(name)
  }
  return applied
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      return { name, text, hash: sha256Hex(text) }
    })
}
