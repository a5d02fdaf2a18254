import { type DestinationStream, pino } from 'pino'
import type { Config } from './config.ts'

/** The only fields a log line may carry: ids of operations and requests, codes, counts; never a name or a word typed. */
export type LogFields = {
  requestId?: string
  opId?: string
  type?: string
  answer?: string
  status?: number
  method?: string
  /** The route's pattern, never the path as it was asked. */
  route?: string
  ms?: number
  count?: number
  job?: string
  code?: string
}

export type Log = {
  info: (message: string, fields?: LogFields) => void
  warn: (message: string, fields?: LogFields) => void
  error: (message: string, fields?: LogFields) => void
}

/** Writes one JSON line per event; fields outside the list above do not compile and are dropped. */
export function openLog(level: Config['log'], to: DestinationStream = pino.destination(1)): Log {
  const out = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, to)
  return {
    info: (message, fields = {}) => out.info(pick(fields), message),
    warn: (message, fields = {}) => out.warn(pick(fields), message),
    error: (message, fields = {}) => out.error(pick(fields), message),
  }
}

const ALLOWED = [
  'requestId',
  'opId',
  'type',
  'answer',
  'status',
  'method',
  'route',
  'ms',
  'count',
  'job',
  'code',
] as const

function pick(fields: LogFields): Record<string, unknown> {
  return Object.fromEntries(ALLOWED.filter((name) => name in fields).map((name) => [name, fields[name]]))
}
