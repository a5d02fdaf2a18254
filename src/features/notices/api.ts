import * as z from 'zod'
import { addMillis, type Instant } from '../../core/time.ts'
import { toBase64url } from '../../crypto/base64url.ts'
import { readPublicHalf } from '../../crypto/device-proof.ts'
import { sha256 } from '../../crypto/hash.ts'
import { newId, randomBelow } from '../../crypto/random.ts'
import { wordsIn } from '../../server/catalogues.ts'
import { type App, bodyOf, Nothing, reading, Refused } from '../../server/http.ts'
import type { Machine } from '../../server/machine.ts'
import { sendMail } from '../../server/mail.ts'
import { isPushEndpoint } from '../../server/push-service.ts'
import {
  confirmMail,
  countTry,
  dropDevices,
  dropMail,
  type MailRow,
  myDevices,
  myMail,
  pushPair,
  putDevice,
  putMail,
  speakTo,
  Subscription,
  takeCodeTurn,
  unwrapAddress,
  wrapAddress,
  wrapSubscription,
} from './store.ts'

const Language = z.enum(['en', 'id', 'ms', 'fil', 'dv'])
const Address = z.strictObject({ address: z.email().max(200), language: Language })
const Code = z.strictObject({ code: z.string().regex(/^\d{6}$/) })
const Here = z.strictObject({ subscription: Subscription, language: Language })

const CODE_LIVES_MS = 30 * 60_000
const CODE_TRIES = 5

/** By which ways notices reach a person outside the app: her own choice, changed by nobody else. */
export function routes(app: App, machine: Machine): void {
  const { config, db, keys } = machine

  app.get('/api/my/notices', async (c) => {
    const { mail, devices, me } = await reading(c, machine, null, async (tx, who) => ({
      mail: await myMail(tx, who.id),
      devices: await myDevices(tx),
      me: who,
    }))
    return c.json({
      mail: {
        offered: config.mail !== null,
        address: mail === null ? null : await unwrapAddress(keys, me.id, mail),
        isConfirmed: mail !== null && mail.confirmedAt !== null,
      },
      push: {
        offered: config.push !== null,
        serverKey: config.push === null ? null : toBase64url((await pushPair(db, keys)).publicKey),
        isHere: devices.some(({ here }) => here),
        elsewhere: devices.filter(({ here }) => !here).length,
      },
      /** In which languages she is spoken to; a screen in another one says so. */
      languages: [...new Set([...(mail === null ? [] : [mail.language]), ...devices.flatMap(spokenHere)])],
    })
  })

  app.post('/api/my/notices/mail', async (c) => {
    const { address, language } = await bodyOf(c, Address)
    const code = String(randomBelow(1000)).padStart(3, '0') + String(randomBelow(1000)).padStart(3, '0')
    const settings = config.mail
    await reading(c, machine, null, async (tx, me) => {
      if (settings === null) throw new Refused(409, 'not_offered')
      if (!(await takeCodeTurn(tx, me.id))) throw new Refused(429, 'slow_down')
      const wrapped = await wrapAddress(keys, me.id, address)
      await putMail(tx, me.id, wrapped, { language, codeHash: hashOf(me.id, code) })
    })
    if (settings === null) throw new Refused(409, 'not_offered')
    const t = wordsIn(language)
    const text = `${t('notices.code_mail').replaceAll('{code}', code)}\n`
    const sent = await sendMail(settings, { to: address, subject: t('notices.code_subject'), text, id: newId() })
    if (sent.state !== 'taken') {
      machine.log.warn('a number for an address was not sent', { code: sent.code })
      throw new Refused(503, 'mail_not_sent')
    }
    return c.json({ done: true })
  })

  app.post('/api/my/notices/mail/confirm', async (c) => {
    const { code } = await bodyOf(c, Code)
    // Answered after the try is counted: a refusal inside would take the count back.
    const isRight = await reading(c, machine, null, async (tx, me) => {
      const row = await myMail(tx, me.id)
      if (row === null || !isOpen(row, me.askedAt)) return false
      await countTry(tx, me.id)
      if (!isSame(row.codeHash, hashOf(me.id, code))) return false
      await confirmMail(tx, me.id)
      return true
    })
    if (!isRight) throw new Refused(409, 'wrong_number')
    return c.json({ done: true })
  })

  app.post('/api/my/notices/mail/stop', async (c) => {
    await bodyOf(c, Nothing)
    await reading(c, machine, null, (tx, me) => dropMail(tx, me.id))
    return c.json({ done: true })
  })

  app.post('/api/my/notices/here', async (c) => {
    const { subscription, language } = await bodyOf(c, Here)
    const isPoint = (await readPublicHalf(subscription.p256dh)) !== null
    await reading(c, machine, null, async (tx, me) => {
      if (config.push === null) throw new Refused(409, 'not_offered')
      if (!isPoint || !isPushEndpoint(subscription.endpoint, config.push)) throw new Refused(409, 'push_unknown')
      const id = newId()
      await putDevice(tx, me.id, { id, language, ...(await wrapSubscription(keys, id, subscription)) })
    })
    return c.json({ done: true })
  })

  app.post('/api/my/notices/here/stop', async (c) => {
    const { everywhere } = await bodyOf(c, z.strictObject({ everywhere: z.boolean() }))
    await reading(c, machine, null, (tx) => dropDevices(tx, everywhere))
    return c.json({ done: true })
  })

  app.post('/api/my/notices/language', async (c) => {
    const { language } = await bodyOf(c, z.strictObject({ language: Language }))
    await reading(c, machine, null, (tx) => speakTo(tx, language))
    return c.json({ done: true })
  })
}

function spokenHere({ here, language }: { here: boolean; language: string }): string[] {
  return here ? [language] : []
}

function isOpen({ codeMadeAt, codeTries, codeHash }: MailRow, now: Instant): boolean {
  return (
    codeHash !== null && codeMadeAt !== null && codeTries < CODE_TRIES && now < addMillis(codeMadeAt, CODE_LIVES_MS)
  )
}

function hashOf(personId: string, code: string): Uint8Array {
  return sha256(`${personId}|${code}`)
}

function isSame(a: Uint8Array | null, b: Uint8Array): boolean {
  return a !== null && Buffer.from(a).equals(b)
}
