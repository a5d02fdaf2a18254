import { addMillis, type Instant, toMillis } from '../../core/time.ts'
import { fromBase64url } from '../../crypto/base64url.ts'
import { pushAuthorization, sealPush } from '../../crypto/web-push.ts'
import { asClock } from '../../server/as-person.ts'
import { wordsIn } from '../../server/catalogues.ts'
import type { Job } from '../../server/feature.ts'
import type { Machine } from '../../server/machine.ts'
import { type Delivery, sendMail } from '../../server/mail.ts'
import { postPush } from '../../server/push-service.ts'
import { ATTEMPTS, isRightToLeft, leavesAt, type Said, sayNotice, together, waitAfter } from './notice.ts'
import {
  clockNow,
  countAttempt,
  type DueNotice,
  endNotices,
  forgetDevice,
  forgetNotices,
  holdNotices,
  noticesDue,
  pushPair,
  unwrapAddress,
  unwrapSubscription,
} from './store.ts'

/** How many are looked at for one message. */
const AT_ONCE = 200
/** How long a round goes on before it makes room for a stop or a change of heart. */
const ROUND_MS = 60_000
/** Longer than an attempt can take: what a killed server had under way is taken up again after it. */
const LEASE_MS = 2 * 60_000

/** What goes to one person on one way, as one message. */
type Parcel = { ids: string[]; first: DueNotice; said: Said; tries: number; moment: Instant }

/**
 * Sends what is due. An attempt is written down before it is made and its success after it, so that a server killed between
 * the two sends once more: a limit that passes unheard is worse than one heard of twice. The second has the id of the first,
 * by which mail programs and phones show one of them.
 */
export const sendNotices: Job = {
  name: 'notices.send',
  everySeconds: 20,
  outside: true,
  async run(machine, now) {
    if (machine.config.mail === null && machine.config.push === null) return 0
    // Sealed keys tell no address: everything waits for the operator.
    if ((await machine.keys.status()) !== 'ok') return 0
    const ends = performance.now() + ROUND_MS
    let sent = 0
    while (!machine.stopping.asked && performance.now() < ends) {
      const parcel = await takeParcel(machine)
      if (parcel === null) break
      const delivery = await deliver(machine, parcel, now)
      await note(machine, parcel, delivery)
      if (delivery.state === 'taken') sent += parcel.ids.length
    }
    return sent
  },
}

/** Once a day: what has left, or was given up, is forgotten after a week. */
export const forgetSent: Job = {
  name: 'notices.forget',
  everySeconds: 24 * 3600,
  run: (machine) => asClock(machine.db, forgetNotices),
}

/** Takes the next message that may leave now, and writes down that it was tried, before it is sent. */
function takeParcel({ db, config, pack }: Machine): Promise<Parcel | null> {
  return asClock(db, async (tx) => {
    const moment = await clockNow(tx)
    const due = await noticesDue(tx, AT_ONCE)
    const [isOn, isOff] = apart(due, ({ way }) => config[way] !== null)
    await endNotices(tx, idsOf(isOff), 'over')
    const [going, held] = apart(isOn, (one) => leavesAt(one, moment, pack.timeZone) <= moment)
    for (const one of held) await holdNotices(tx, [one.id], leavesAt(one, moment, pack.timeZone))
    const [first] = going
    if (first === undefined) return null
    // What is due at once for the same person on the same way is one message: no morning begins with twelve.
    const group = going.filter(
      (one) => one.personId === first.personId && one.way === first.way && one.deviceId === first.deviceId,
    )
    await countAttempt(tx, idsOf(group), addMillis(moment, LEASE_MS))
    return {
      ids: idsOf(group),
      first,
      said: together(group),
      tries: Math.max(...group.map(({ tries }) => tries)) + 1,
      moment,
    }
  })
}

async function deliver(machine: Machine, { first, said }: Parcel, now: Instant): Promise<Delivery | { state: 'gone' }> {
  const { config, db, keys, pack } = machine
  const t = wordsIn(first.language)
  const text = sayNotice(said, t, first.language, pack.timeZone)
  if (first.way === 'mail') {
    if (config.mail === null) return { state: 'later', code: 'no_mail' }
    const to = await unwrapAddress(keys, first.personId, first)
    const subject = t('notices.subject')
    return sendMail(config.mail, { to, subject, text: `${text}\n\n${t('notices.mail_foot')}\n`, id: first.id })
  }
  if (config.push === null || first.deviceId === null) return { state: 'later', code: 'no_push' }
  const pair = await pushPair(db, keys)
  const { endpoint, p256dh, auth } = await unwrapSubscription(keys, first.deviceId, first)
  const shown = { title: t('notices.subject'), body: text, tag: first.id, lang: first.language }
  const dir = isRightToLeft(first.language) ? 'rtl' : 'ltr'
  return postPush(
    {
      endpoint,
      body: sealPush(JSON.stringify({ ...shown, dir }), { p256dh: bytesOf(p256dh), auth: bytesOf(auth) }),
      headers: {
        authorization: pushAuthorization(new URL(endpoint).origin, config.push.contact, pair, toMillis(now)),
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
        // A phone that was off for a day is not woken for what is long over.
        ttl: String(24 * 3600),
        urgency: said.stage === 'waits' ? 'normal' : 'high',
        // A second one of the same takes the place of the first.
        topic: first.id.replaceAll('-', ''),
      },
    },
    { hosts: config.push.hosts, mayBeInside: config.mode !== 'production' },
  )
}

/** Writes down what became of an attempt. */
async function note(
  { db, log }: Machine,
  { ids, first, tries, moment }: Parcel,
  delivery: Delivery | { state: 'gone' },
): Promise<void> {
  const isLast = delivery.state === 'never' || (delivery.state === 'later' && tries >= ATTEMPTS)
  await asClock(db, async (tx) => {
    if (delivery.state === 'taken') await endNotices(tx, ids, 'sent')
    else if (delivery.state === 'gone' && first.deviceId !== null) await forgetDevice(tx, first.deviceId)
    else if (isLast) await endNotices(tx, ids, 'given_up')
    else await holdNotices(tx, ids, addMillis(moment, waitAfter(tries)))
  })
  if (isLast && 'code' in delivery)
    log.error('a notice was given up', { type: first.way, code: delivery.code, count: ids.length })
  else if (delivery.state === 'later') log.warn('a notice waits', { type: first.way, code: delivery.code })
}

function apart<T>(all: readonly T[], is: (one: T) => boolean): [T[], T[]] {
  return [all.filter((one) => is(one)), all.filter((one) => !is(one))]
}

function idsOf(all: readonly DueNotice[]): string[] {
  return all.map(({ id }) => id)
}

function bytesOf(text: string): Uint8Array {
  const bytes = fromBase64url(text)
  if (bytes === null) throw new Error('checked before it was kept')
  return bytes
}
