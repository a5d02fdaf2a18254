import { resolve } from 'node:path'
import * as z from 'zod'

const Settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  KEMBALI_DATA: z.string().min(1).default('./data'),
  KEMBALI_MODE: z.enum(['demo', 'production']).default('demo'),
  KEMBALI_COUNTRY: z.string().min(3).max(20).default('demo'),
  KEMBALI_ORIGIN: z.url().optional(),
  KEMBALI_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
  DATABASE_URL: z.string().optional(),
  DATABASE_URL_CLOCK: z.string().optional(),
  DATABASE_URL_STATS: z.string().optional(),
  DATABASE_URL_MIGRATE: z.string().optional(),
  /** Name and date of whoever accepts to run without the P0 controls that are still missing: `name, YYYY-MM-DD`. */
  KEMBALI_PILOT_ACCEPTED_BY: z.string().optional(),
  KEMBALI_BUDGET_DAY: z.coerce.number().int().min(1).default(40),
})

export type Config = {
  port: number
  host: string
  dataFolder: string
  mode: 'demo' | 'production'
  country: string
  /** What browsers call us; writes from anywhere else are refused. */
  origin: string | null
  log: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  database: { app: string; clock: string | null; stats: string | null; migrate: string | null } | null
  pilotAcceptedBy: string | null
  /** Distinct files beyond one's own caseload a person may open in a day (security.md 2.4). */
  budgetDay: number
}

/** A start that cannot go on: one sentence for the operator, and a non-zero exit. */
export class StartError extends Error {}

/** Reads the settings from the environment; throws a StartError that names the wrong one. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const found = Settings.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')))
  if (!found.success) {
    const [issue] = found.error.issues
    throw new StartError(`The setting ${issue?.path.join('.') ?? ''} is not usable: ${issue?.message ?? ''}.`)
  }
  const set = found.data
  if (set.DATABASE_URL !== undefined && !/^postgres(ql)?:\/\//.test(set.DATABASE_URL))
    throw new StartError('DATABASE_URL must begin with postgres:// or postgresql://.')
  return {
    port: set.PORT,
    host: set.HOST,
    dataFolder: resolve(set.KEMBALI_DATA),
    mode: set.KEMBALI_MODE,
    country: set.KEMBALI_COUNTRY,
    origin: set.KEMBALI_ORIGIN ?? null,
    log: set.KEMBALI_LOG,
    database:
      set.DATABASE_URL === undefined
        ? null
        : {
            app: set.DATABASE_URL,
            clock: set.DATABASE_URL_CLOCK ?? null,
            stats: set.DATABASE_URL_STATS ?? null,
            migrate: set.DATABASE_URL_MIGRATE ?? null,
          },
    pilotAcceptedBy: set.KEMBALI_PILOT_ACCEPTED_BY ?? null,
    budgetDay: set.KEMBALI_BUDGET_DAY,
  }
}
