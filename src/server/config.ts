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
  KEMBALI_PILOT_ACCEPTED_BY: z.string().max(200).optional(),
  /** The number of the signed data-protection impact assessment. */
  KEMBALI_DPIA: z.string().max(200).optional(),
  /** `yes`: somebody accepts a Node version that gets no security updates any more. */
  KEMBALI_OLD_NODE: z.enum(['yes', 'no']).default('no'),
  KEMBALI_BUDGET_HOUR: aBudget(15),
  KEMBALI_BUDGET_DAY: aBudget(40),
  KEMBALI_BUDGET_SUPERVISOR: aBudget(60),
  KEMBALI_BUDGET_DPO: aBudget(10),
  KEMBALI_BUDGET_EMERGENCY: aBudget(3),
})

function aBudget(files: number) {
  return z.coerce.number().int().min(1).default(files)
}

/** Distinct files beyond one's own caseload a person may open to read (security.md 2.4). */
export type Budgets = { hour: number; day: number; supervisorDay: number; dpoDay: number; emergencyDay: number }

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
  dpia: string | null
  oldNode: boolean
  budgets: Budgets
}

/** The four logins of production, by the setting that names each. */
export const DATABASE_URLS = [
  'DATABASE_URL',
  'DATABASE_URL_CLOCK',
  'DATABASE_URL_STATS',
  'DATABASE_URL_MIGRATE',
] as const

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
  for (const name of DATABASE_URLS)
    if (set[name] !== undefined && !(/^postgres(ql)?:\/\//.test(set[name]) && URL.canParse(set[name])))
      throw new StartError(`${name} must be an address that begins with postgres:// or postgresql://.`)
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
    dpia: set.KEMBALI_DPIA ?? null,
    oldNode: set.KEMBALI_OLD_NODE === 'yes',
    budgets: {
      hour: set.KEMBALI_BUDGET_HOUR,
      day: set.KEMBALI_BUDGET_DAY,
      supervisorDay: set.KEMBALI_BUDGET_SUPERVISOR,
      dpoDay: set.KEMBALI_BUDGET_DPO,
      emergencyDay: set.KEMBALI_BUDGET_EMERGENCY,
    },
  }
}
