/**
 * A side door to PGlite for the security harness: loaded before the built program (`node --import`), it lets the test ask
 * the one database session there is, between two of the program's transactions and never inside one. The program's own
 * code is untouched; on PostgreSQL no door is needed.
 */
import { PGlite } from '@electric-sql/pglite'

const { fromDatabase } = await import(new URL('../../dist/src/server/database-types.js', import.meta.url))

let lite = null
let plainExec = null
let last = Promise.resolve()
let release = null

/** Waits until no transaction is open, and keeps others out until the answer is called. */
async function turn() {
  const before = last
  let done
  last = new Promise((resolve) => (done = resolve))
  await before
  return done
}

const create = PGlite.create.bind(PGlite)
PGlite.create = async (...args) => {
  lite = await create(...args)
  plainExec = lite.exec.bind(lite)
  lite.exec = async (text, ...rest) => {
    const begins = text.startsWith('begin') && !text.includes('commit')
    const ends = text === 'commit' || text === 'rollback'
    if (begins) release = await turn()
    try {
      return await plainExec(text, ...rest)
    } finally {
      if (ends && release !== null) {
        release()
        release = null
      }
    }
  }
  return lite
}

/** A script of several statements as the session's superuser: for faults and for a checkpoint, which no transaction may hold. */
async function run(script) {
  const done = await turn()
  try {
    await plainExec(script)
    return []
  } finally {
    done()
  }
}

async function ask({ role, text, params, token }) {
  const done = await turn()
  try {
    return await lite.transaction(async (tx) => {
      if (role !== null) await tx.query(`set local role ${role}`)
      if (token !== null) await tx.query('select * from kembali.begin_request($1, null)', [token])
      const { rows } = await tx.query(text, params, { parsers: fromDatabase })
      return rows
    })
  } finally {
    done()
  }
}

process.on('message', async ({ id, script, ...question }) => {
  try {
    process.send({ id, rows: script === undefined ? await ask(question) : await run(script) })
  } catch (error) {
    process.send({ id, error: { message: error.message, code: error.code ?? '' } })
  }
})
process.channel?.unref()
