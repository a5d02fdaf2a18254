import type { PublicPack } from '../../../core/country.ts'
import { type Instant, toMillis } from '../../../core/time.ts'
import type { Speech } from '../../../web/language.ts'
import { momentText } from '../../../web/moments.ts'
import type { Waiting } from '../../../web/replica.ts'
import type { Entry } from './case-file.ts'
import { codeText } from './codes.ts'
import type { PathEntry } from './Timeline.tsx'

type Around = { speech: Speech; pack: PublicPack; timeZone: string; now: Instant }

/** The path of a case, newest first: what waits on this device, then what the server has. */
export function pathEntries(
  around: Around,
  waiting: readonly Waiting[],
  caseId: string,
  timeline: readonly Entry[],
): PathEntry[] {
  const { speech } = around
  const there = new Set(timeline.map((entry) => entry.opId))
  const here = waiting.filter(({ op }) => (op.payload.caseId ?? op.payload.id) === caseId && !there.has(op.opId))
  return [
    ...here
      .map(({ op, answer }) => ({
        key: op.opId,
        kind: kindOf(op.type),
        author: null,
        what: whatText(around, op.type, op.payload),
        when: whenText(around, op.claimedAt, op.payload).join(' · '),
        isWaiting: answer === null ? speech.t('save.not_sent_yet') : null,
      }))
      .reverse(),
    ...timeline.map((entry) => ({
      key: entry.opId,
      kind: kindOf(entry.type),
      author: entry.actorName,
      what: whatText(around, entry.type, entry.clear),
      when: [...whenText(around, entry.claimedAt, entry.clear), entry.actorName ?? '']
        .filter((text) => text !== '')
        .join(' · '),
      isWaiting: entry.flagged ? speech.t('cases.entry_flagged') : null,
    })),
  ]
}

/** Fields that say when something happened, the most exact first; what says none of them happened as it was written. */
const HAPPENED = ['detainedAt', 'startedAt', 'protectedAt', 'at'] as const

/** What is written within this time of what happened was written on the spot. */
const ON_THE_SPOT_MS = 10 * 60_000

/** When it happened, and when it was written where that was later: a child was held from that moment on, not from the writing. */
function whenText({ speech, timeZone, now }: Around, writtenAt: Instant, said: Record<string, unknown>): string[] {
  const happened = HAPPENED.map((field) => said[field]).find((value) => typeof value === 'string')
  const written = momentText(speech, writtenAt, timeZone, now)
  // The schema of the operation, or the log's own columns: a moment.
  const at = happened === undefined ? writtenAt : (happened as Instant)
  if (toMillis(writtenAt) - toMillis(at) < ON_THE_SPOT_MS) return [written]
  return [momentText(speech, at, timeZone, now), speech.t('cases.entry_written', { when: written })]
}

const DECISIONS = [
  'cases.assign',
  'cases.shield_case',
  'closure.reopen_case',
  'cases.settle_difference',
  'cases.answer_match',
]

/** Decisions about a case stand apart from what was written into it; everything else is the work of its feature. */
export function kindOf(type: string): string {
  if (DECISIONS.includes(type)) return 'decision'
  return type.slice(0, type.indexOf('.'))
}

/**
 * The sentence for an operation, from codes only: no word somebody typed is ever in a path. An account that its author
 * closed, and a thing that came to an end, have a sentence of their own.
 */
function whatText({ speech, pack }: Around, type: string, clear: Record<string, unknown>): string {
  const kinds = `${type.slice(0, type.indexOf('.'))}.kind`
  const kind = typeof clear.kind === 'string' ? (speech.find(`${kinds}.${clear.kind}`) ?? clear.kind) : ''
  const authority = typeof clear.authority === 'string' ? codeText(pack, 'custody_actor', speech, clear.authority) : ''
  const values = { kind, authority }
  const own = speech.find(`did.${type}.${variantOf(clear)}`, values)
  return own ?? speech.find(`did.${type}`, values) ?? speech.t('did.other')
}

function variantOf(clear: Record<string, unknown>): string {
  if (clear.folded === true) return 'folded'
  const set = typeof clear.set === 'object' && clear.set !== null ? clear.set : {}
  const variant = 'state' in set ? set.state : clear.decision
  return typeof variant === 'string' ? variant : ''
}
