import { sql } from 'kysely'
import type { Instant } from '../../core/time.ts'
import type { Tx } from '../../server/as-person.ts'
import { gathered, gatheredAct, insertAll } from '../../server/gathered.ts'
import type { OpenCase } from './ops.ts'

/** Puts a new case in; the database adds the opener to it. Answers the alias that stands: another one when it was taken. */
export async function insertCase(
  tx: Tx,
  of: OpenCase,
  opId: string,
  by: { me: string; openedAt: Instant; takenInAt: Instant | null },
  nextAlias: (attempt: number) => string,
): Promise<string> {
  for (let attempt = 0; attempt < 50; attempt += ALIASES_ASKED) {
    const wanted = Array.from({ length: ALIASES_ASKED }, (_, at) =>
      attempt + at === 0 ? of.alias : nextAlias(attempt + at),
    )
    const alias = await firstFree(tx, wanted)
    if (alias === null) continue
    await insertOne(tx, {
      ...of,
      alias,
      opId,
      openedBy: by.me,
      workerId: by.me,
      openedAt: by.openedAt,
      takenInAt: by.takenInAt,
    })
    return alias
  }
  throw new Error('no free alias was found in 50 attempts: the word lists are too short')
}

const ALIASES_ASKED = 5

/** The first of these that no case has. Of two cases that want the same one in the same moment the second has to take another. */
const firstFree = gathered(async (tx, wanted: readonly (readonly string[])[]) => {
  const found = await sql<{ taken: string }>`select kembali.aliases_taken(${wanted.flat()}::text[]) as taken`.execute(
    tx,
  )
  const taken = new Set(found.rows.map((row) => row.taken))
  return wanted.map((aliases) => {
    const free = aliases.find((alias) => !taken.has(alias)) ?? null
    if (free !== null) taken.add(free)
    return free
  })
})

const NEW_CASE = [
  'id',
  'opId',
  'alias',
  'orgId',
  'teamId',
  'openedBy',
  'workerId',
  'region',
  'sex',
  'ageBand',
  'threatened',
  'openedAt',
  'takenInAt',
] as const

const insertOne = gatheredAct((tx, cases: readonly Record<(typeof NEW_CASE)[number], unknown>[]) =>
  insertAll(tx, 'child_case', NEW_CASE, cases),
)

/** Whether this session is a run of the import. */
export const isImport = gathered(async (tx, asks: readonly null[]) => {
  const found = await sql<{ is: boolean }>`select kembali.is_import() as is`.execute(tx)
  return asks.map(() => found.rows[0]?.is === true)
})
