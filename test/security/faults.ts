import type { Cluster } from '../postgres.ts'

/** The product has no such thing yet: a test that needs it says so instead of passing. */
export class NotThereYet extends Error {
  constructor(what: string) {
    super(`not there yet: ${what}`)
  }
}

export type FaultKind = 'disk-full' | 'db-down' | 'keys-down' | 'slow-db' | 'audit-insert-fails' | 'clock'

type Handle = { script: (text: string) => Promise<void>; cluster: Cluster | null }

/** Breaks one thing under the running program; disposing of the answer mends it. */
export async function faultOf(kind: FaultKind, arg: unknown, { script, cluster }: Handle): Promise<AsyncDisposable> {
  switch (kind) {
    case 'clock': {
      if (typeof arg !== 'number') throw new Error('the clock is moved by a number of milliseconds')
      await script(`${AS_OWNER} delete from test_clock; insert into test_clock (offset_ms) values (${arg}); commit`)
      return mended(() => script(`${AS_OWNER} delete from test_clock; commit`))
    }
    case 'audit-insert-fails':
      await script(`${AS_OWNER}
        create function kembali.test_audit_fails() returns trigger language plpgsql as $$ begin raise exception 'the ledger cannot be written'; end $$;
        create trigger test_audit_fails before insert on audit_entry for each row execute function kembali.test_audit_fails(); commit`)
      return mended(() =>
        script(
          `${AS_OWNER} drop trigger test_audit_fails on audit_entry; drop function kembali.test_audit_fails(); commit`,
        ),
      )
    case 'slow-db':
      if (cluster === null) throw new NotThereYet('a slow database on PGlite')
      return holdAccess(cluster)
    case 'db-down':
      if (cluster === null) throw new Error('on PGlite the database is inside the app: kill that')
      await cluster.kill('SIGQUIT')
      return mended(() => cluster.start())
    case 'disk-full':
    case 'keys-down':
      throw new NotThereYet(`the fault ${kind}`)
  }
}

const AS_OWNER = 'begin; set local role k_owner;'

/** Holds the table every policy asks, so that statements wait until they give up. */
async function holdAccess(cluster: Cluster): Promise<AsyncDisposable> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: cluster.url() })
  await client.connect()
  await client.query('begin; lock table access in access exclusive mode')
  return mended(() => client.end())
}

function mended(mend: () => Promise<void>): AsyncDisposable {
  return { [Symbol.asyncDispose]: mend }
}
