import { resolve } from 'node:path'
import * as z from 'zod'
import { isClamdPlace } from './clamd.ts'

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
  /** The mail relay: `smtps://user:password@host` (TLS from the start) or `smtp://…` (STARTTLS, or nothing is sent). */
  KEMBALI_SMTP: z.string().max(500).optional(),
  /** The address notices come from. */
  KEMBALI_SMTP_FROM: z.email().max(200).optional(),
  /** `off`: a relay on this computer that speaks no TLS. */
  KEMBALI_SMTP_TLS: z.enum(['on', 'off']).default('on'),
  /** Whom a push service writes to when something is wrong: `mailto:…` or `https://…`. Set, it switches web push on. */
  KEMBALI_PUSH_CONTACT: z
    .string()
    .regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/)
    .max(200)
    .optional(),
  /** Push services beyond the known ones, `host` or `host:port`, with commas between. */
  KEMBALI_PUSH_HOSTS: z.string().max(2000).default(''),
  /** Where clamd listens, `unix:/path` or `host:port`: files are scanned there before anybody reads them. */
  KEMBALI_CLAMD: z.string().max(200).optional(),
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

/** How mail leaves: null in `Config` where this deployment sends none. */
export type MailSettings = {
  host: string
  port: number
  /** From the start, asked for on the open line, or none. */
  tls: 'from_start' | 'starttls' | 'none'
  login: { user: string; pass: string } | null
  from: string
}

/** How web push leaves: null in `Config` where this deployment sends none. */
export type PushSettings = { contact: string; hosts: readonly string[] }

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
  mail: MailSettings | null
  push: PushSettings | null
  clamd: string | null
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
  if (set.KEMBALI_CLAMD !== undefined && !isClamdPlace(set.KEMBALI_CLAMD))
    throw new StartError('KEMBALI_CLAMD must say where clamd listens: unix:/path/to/clamd.ctl or host:port.')
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
    mail: mailOf(set),
    push:
      set.KEMBALI_PUSH_CONTACT === undefined
        ? null
        : { contact: set.KEMBALI_PUSH_CONTACT, hosts: listOf(set.KEMBALI_PUSH_HOSTS) },
    clamd: set.KEMBALI_CLAMD ?? null,
    budgets: {
      hour: set.KEMBALI_BUDGET_HOUR,
      day: set.KEMBALI_BUDGET_DAY,
      supervisorDay: set.KEMBALI_BUDGET_SUPERVISOR,
      dpoDay: set.KEMBALI_BUDGET_DPO,
      emergencyDay: set.KEMBALI_BUDGET_EMERGENCY,
    },
  }
}

function mailOf({
  KEMBALI_SMTP: address,
  KEMBALI_SMTP_FROM: from,
  KEMBALI_SMTP_TLS: tls,
}: Pick<z.infer<typeof Settings>, 'KEMBALI_SMTP' | 'KEMBALI_SMTP_FROM' | 'KEMBALI_SMTP_TLS'>): MailSettings | null {
  if (address === undefined) return null
  if (!/^smtps?:\/\//.test(address) || !URL.canParse(address))
    throw new StartError('KEMBALI_SMTP must be an address that begins with smtps:// or smtp://.')
  if (from === undefined) throw new StartError('KEMBALI_SMTP_FROM is not set: say from which address notices come.')
  const url = new URL(address)
  const isSecure = url.protocol === 'smtps:'
  if (isSecure && tls === 'off')
    throw new StartError('KEMBALI_SMTP asks for TLS (smtps://) and KEMBALI_SMTP_TLS switches it off: take one back.')
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port === '' ? (isSecure ? 465 : 587) : url.port),
    tls: isSecure ? 'from_start' : tls === 'off' ? 'none' : 'starttls',
    login:
      url.username === '' ? null : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    from,
  }
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '')
}
