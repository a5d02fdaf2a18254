import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Device, filesWith, openDevice } from './chromium.ts'
import { type Demo, startDemo } from './program.ts'
import { saved, setUpPhone, signInAs } from './steps.ts'

// A phone that stays locked: what is written on it without signal, what another app hands over, and where it goes afterwards.
const WORDS = 'the uncle wants to come on Friday'
const CALLER = 'the guard of the post'
/** A picture of one point. */
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
let demo: Demo
let phone: Device
let page: Page
let passphrase: string
let before: Awaited<ReturnType<typeof counts>>

beforeAll(async () => {
  demo = await startDemo()
  phone = await openDevice()
  page = await phone.page(320)
  await signInAs(page, demo, 'Sari Wening')
  passphrase = await setUpPhone(page, demo)
  before = await counts()
  // The next time it is opened the service worker has it, as on the second day.
  await page.goto(demo.url)
  await page.getByLabel('Your passphrase').waitFor()
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
})
afterAll(async () => {
  await phone.end()
  await demo.end()
})

describe('without unlocking and without signal', () => {
  test('a worker writes a note, what a caller said, and adds a photo', async () => {
    await demo.stop()
    await page.reload()
    await write('A note', async () => page.getByLabel('What do you want to remember?').fill(WORDS))
    await write('Somebody called about a contact', async () => {
      await page.getByLabel('Detention', { exact: true }).check()
      await page.getByLabel('Which authority?').selectOption('police_other')
      await page.getByLabel(/^Who called/).fill(CALLER)
    })
    await toJot()
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: PHOTO })
    await page.getByRole('img').waitFor()
    await page.getByRole('button', { name: 'Seal and keep' }).click()
    await page.getByText('It lies here, sealed').waitFor()
  })

  test('the battery dies: nothing of it can be read on the phone, and nothing is lost', async () => {
    await phone.kill()
    expect(filesWith(phone.profile, [WORDS, CALLER, passphrase])).toEqual([])
    await phone.open()
    page = await phone.page(320)
    await page.goto(demo.url)
    await page.getByText('3 things written here wait for a line.').waitFor()
    // All that whoever finds the phone could take out of it: numbers, and bytes sealed to a key that is not here.
    const held = await page.evaluate(async () => {
      const open = await new Promise<IDBDatabase>((resolve, reject) => {
        const asked = indexedDB.open('notes')
        asked.addEventListener('success', () => resolve(asked.result))
        asked.addEventListener('error', () => reject(asked.error))
      })
      const of = open.transaction('jotted').objectStore('jotted').getAll()
      await new Promise((resolve) => of.addEventListener('success', resolve))
      open.close()
      return (of.result as { pieces: Uint8Array[] }[]).map(({ pieces, ...rest }) => ({
        fields: Object.keys(rest).sort(),
        text: pieces.map((piece) => new TextDecoder('latin1').decode(piece)).join(''),
      }))
    })
    expect(held).toHaveLength(3)
    for (const { fields, text } of held) {
      expect(fields).toEqual(['device', 'sent'])
      expect(text).not.toMatch(/note|contact|photo|uncle|guard|police|PNG|JFIF/)
    }
  })

  test('when there is a line it goes to the server by itself, and is nobody’s record yet', async () => {
    await demo.start()
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await page.getByText('wait for a line').waitFor({ state: 'detached' })
    expect(await waiting()).toBe(3)
    expect(await counts()).toEqual(before)
  })

  test('after unlocking she is told of it, and puts each on a child’s case', async () => {
    await unlock()
    await page.locator('.save').getByRole('link', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: /^Sari Wening/ }).click()
    await saved(page, /^All sent/)
    await page.getByText('3 things you wrote while locked.').waitFor()
    await page.getByRole('link', { name: 'Look', exact: true }).first().click()
    await page.getByText(WORDS).waitFor()
    for (let left = 3; left > 0; left -= 1) {
      const card = page.locator('main li.card').first()
      await card.getByLabel(/^Morning Rice/).check()
      await card.getByRole('button', { name: 'Put it on this case' }).click()
      await expect.poll(() => page.locator('main li.card').count(), { timeout: 30_000 }).toBe(left - 1)
    }
    await page.getByRole('heading', { name: 'Written while locked' }).waitFor()
    await saved(page, /^All sent/)
    await expect.poll(counts, { timeout: 30_000 }).toEqual({
      notes: before.notes + 1,
      contacts: before.contacts + 1,
      files: before.files + 1,
    })
    expect(await waiting()).toBe(0)
  })
})

describe('what another app hands over', () => {
  test('is sealed like everything else while the phone is locked', async () => {
    await page.getByRole('button', { name: 'Hide screen' }).click()
    await page.waitForURL(/notes\.html$/)
    await page.goto(demo.url)
    await page.getByLabel('Your passphrase').waitFor()
    await share(page)
    await page.getByRole('img').waitFor()
    await page.getByRole('button', { name: 'Seal and keep' }).click()
    await page.getByRole('heading', { name: 'Kept, sealed' }).waitFor()
    await expect.poll(waiting, { timeout: 30_000 }).toBe(1)
  })

  test('and on an open page is put on a child’s case in two taps', async () => {
    const desk = await openDevice()
    try {
      const open = await desk.page(1280)
      await signInAs(open, demo, 'Sari Wening')
      await open.waitForFunction(() => navigator.serviceWorker.controller !== null)
      await share(open)
      await open.getByRole('heading', { name: 'From another app' }).waitFor()
      await open.getByRole('img').waitFor()
      const { files } = await counts()
      await open.getByLabel(/^Morning Rice/).check()
      await open.getByRole('button', { name: 'Put it on this case' }).click()
      await open.waitForURL(/\/files$/)
      await expect.poll(async () => (await counts()).files, { timeout: 30_000 }).toBe(files + 1)
    } finally {
      await desk.end()
    }
  })

  /** As the system's own sheet does it: a form that is posted to the address in the manifest. */
  async function share(on: Page): Promise<void> {
    await on.evaluate(() => {
      const form = document.createElement('form')
      form.action = '/shared'
      form.method = 'post'
      form.enctype = 'multipart/form-data'
      form.id = 'share'
      const file = document.createElement('input')
      file.type = 'file'
      file.name = 'files'
      form.append(file)
      document.body.append(form)
    })
    await on.locator('#share input').setInputFiles({ name: 'IMG_of_a_name.png', mimeType: 'image/png', buffer: PHOTO })
    await on.evaluate(() => document.querySelector<HTMLFormElement>('#share')?.submit())
    await on.waitForURL(/\/shared$/)
    await on.getByText('Nothing of it is looked at').waitFor()
    expect(await on.getByRole('img').count()).toBe(0)
    await on.getByRole('button', { name: 'Take it' }).click()
  }
})

async function toJot(): Promise<void> {
  await page.goto(demo.url)
  await page.getByRole('link', { name: 'Write something down without unlocking' }).click()
  await page.getByRole('heading', { name: 'Write something down' }).waitFor()
}

async function write(what: string, fill: () => Promise<void>): Promise<void> {
  await toJot()
  await page.getByRole('button', { name: what }).click()
  await fill()
  await page.getByRole('button', { name: 'Seal and keep' }).click()
  await page.getByText('It lies here, sealed').waitFor()
}

async function unlock(): Promise<void> {
  await page.getByLabel('Your passphrase').fill(passphrase)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.locator('nav.main').waitFor()
}

async function waiting(): Promise<number> {
  const [row] = await demo.rows('select count(*)::int as n from jotting where ended_at is null')
  return Number(row?.n)
}

async function counts(): Promise<{ notes: number; contacts: number; files: number }> {
  const of = async (table: string) => {
    const [row] = await demo.rows(
      `select count(*)::int as n from ${table} where case_id = (select id from child_case where alias = 'Morning Rice')`,
    )
    return Number(row?.n)
  }
  return { notes: await of('care_note'), contacts: await of('justice_contact'), files: await of('case_attachment') }
}
