import { startCluster } from './postgres.ts'

/** On PostgreSQL: one throw-away cluster for the whole run, stopped and removed at its end. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.KEMBALI_TEST_ENGINE !== 'postgres') return undefined
  const cluster = await startCluster({ fsync: false })
  process.env.KEMBALI_TEST_POSTGRES = cluster.url()
  return () => cluster.stop()
}
