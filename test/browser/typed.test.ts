import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Device, filesWith, openDevice } from './chromium.ts'
import { type Demo, startDemo } from './program.ts'
import { arrived, goWithin, saved, setUpPhone, signInAs } from './steps.ts'

// What somebody typed is never lost: the lock, a battery, another person on the same field, and a program that is too old.
const AFTER_A_LOCK = 'the teacher says she laughs again'
const IN_A_FORM = 'he will bring the school papers on Tuesday'
const WHILE_LOCKED = 'a call from the shelter about'
const ON_A_DESK = 'she asks when her brother may come'
const PIN = '407193'
let demo: Demo
let phone: Device
let page: Page
let passphrase: string
let caseId: string

beforeAll(async () => {
  demo = await startDemo()
  phone = await openDevice()
  page = await phone.page(320)
  await page.addInitScript(turnable)
  await signInAs(page, demo, 'Sari Wening')
  passphrase = await setUpPhone(page, demo, PIN)
  const [row] = await demo.rows(`select id from child_case where alias = 'Morning Rice'`)
  caseId = String(row?.id)
})
afterAll(async () => {
  await phone.end()
  await demo.end()
})

describe('a form that is half filled', () => {
  test('has its words after the lock has come over it, and is open again with the PIN', async () => {
    await go(`/cases/${caseId}/note`)
    await words().fill(AFTER_A_LOCK)
    await keptOnDisk()
    await leftAlone(page, 6) // longer than the soft lock allows
    await page.getByLabel('PIN').fill(PIN)
    expect(await page.locator('body').innerText()).not.toContain(AFTER_A_LOCK)
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await expect.poll(() => words().inputValue()).toBe(AFTER_A_LOCK)
  })

  test('has its words after the battery died, and nobody can read them on the disk', async () => {
    await words().fill(IN_A_FORM)
    await keptOnDisk()
    await phone.kill()
    expect(filesWith(phone.profile, [IN_A_FORM])).toEqual([])
    await phone.open()
    page = await phone.page(320)
    await page.goto(demo.url)
    await unlock()
    await go(`/cases/${caseId}/note`)
    await expect.poll(() => words().inputValue()).toBe(IN_A_FORM)
  })
})

describe('who a child is', () => {
  test('may be a name too long for its field, which is told with the limit and stays as it was typed, or an age nobody knows', async () => {
    await sent()
    const file = page.waitForResponse((answer) => answer.url().endsWith(`/api/cases/${caseId}`))
    await go(`/cases/${caseId}/start/who`)
    await file
    const [name, next] = [page.locator('input[name=fullName]'), page.locator('main form button[type=submit]')]
    await name.fill('a'.repeat(40_000))
    await page.getByLabel('The age is not known').check()
    await next.click()
    await page
      .getByText(/at most 200 letters fit here, and these are 40000/)
      .first()
      .waitFor()
    expect(await name.inputValue()).toHaveLength(40_000)
    await name.fill('')
    await page.locator('input[name=approxAge]').fill('9')
    await next.click()
    await page
      .getByText(/Here stands an age, and below that there is none/)
      .first()
      .waitFor()
    await page.locator('input[name=approxAge]').fill('')
    await next.click()
    await page.waitForURL(/start\/match$/)
    await sent()
    expect(await demo.rows(`select age_basis from child_identity where case_id = '${caseId}'`)).toEqual([
      { age_basis: 'not_known' },
    ])
  }, 120_000)
})

/** Every draft that was begun lies on the disk: no other sign of it is given. */
async function keptOnDisk(): Promise<void> {
  const count = () =>
    page.evaluate(async () => {
      const open = await new Promise<IDBDatabase>((resolve, reject) => {
        const asked = indexedDB.open('notes')
        asked.addEventListener('success', () => resolve(asked.result))
        asked.addEventListener('error', () => reject(asked.error))
      })
      const of = open.transaction(['draft', 'jotted'])
      const both = [of.objectStore('draft').getAll(), of.objectStore('jotted').getAll()]
      await new Promise((resolve) => of.addEventListener('complete', resolve))
      open.close()
      return JSON.stringify(both.map(({ result }) => (result as unknown[]).map((one) => JSON.stringify(one))))
    })
  const before = keptBefore
  await expect.poll(count, { timeout: 15_000 }).not.toBe(before)
  keptBefore = await count()
}
let keptBefore = '[[],[]]'

const words = () => page.locator('main form textarea').first()

/** Its clock can be turned on, so that nobody waits for a lock. */
function turnable(): void {
  const real = Date.now
  Date.now = () => real() + Number(document.documentElement.dataset.ahead ?? 0)
}

async function leftAlone(of: Page, minutes: number): Promise<void> {
  await of.evaluate((millis) => {
    document.documentElement.dataset.ahead = String(millis)
    document.dispatchEvent(new Event('visibilitychange'))
  }, minutes * 60_000)
}

async function go(path: string, on = page): Promise<void> {
  await on.evaluate((to) => {
    history.replaceState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
  await on.locator('main form').first().waitFor()
}

/** Chromium may have lost the session with the battery: then its owner signs in again. */
async function sent(): Promise<void> {
  const signIn = page.locator('.save').getByRole('link', { name: 'Sign in' })
  await signIn
    .or(page.locator('.save').getByText(/^All sent/))
    .first()
    .waitFor({ timeout: 60_000 })
  if (await signIn.isVisible()) {
    await signIn.click()
    await page.getByRole('button', { name: /^Sari Wening/ }).click()
  }
  await saved(page, /^All sent/)
}

async function unlock(): Promise<void> {
  await page.getByLabel('Your passphrase').fill(passphrase)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.locator('nav.main').waitFor()
}

describe('a computer that keeps nothing', () => {
  test('says above her day what that means and leads to setting it up; after a time-out, why she is out and that her words wait', async () => {
    const other = await openDevice()
    try {
      const desk = await other.page(1280)
      await desk.addInitScript(turnable)
      await signInAs(desk, demo, 'Sari Wening')
      await desk.getByRole('heading', { name: 'This device keeps nothing yet' }).waitFor()
      expect(await desk.locator('main a[href="/more/set-up"]').count()).toBe(1)
      await desk.getByRole('button', { name: 'Not today' }).click()
      await desk.reload()
      await desk.locator('main section.group').first().waitFor()
      expect(await desk.getByRole('heading', { name: 'This device keeps nothing yet' }).count()).toBe(0)
      await desk.goto(`${demo.url}/cases/${caseId}/note`)
      await desk.locator('main form textarea').first().fill(ON_A_DESK)
      // It holds them when it asks before it is left.
      const asks = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))
      await expect.poll(() => desk.evaluate(asks)).toBe(true)
      await leftAlone(desk, 16)
      await desk.getByText(/signed out because nobody used this page/).waitFor()
      await desk.getByText(/Nothing you typed is lost: it waits in this page/).waitFor()
      expect(await desk.locator('body').innerText()).not.toContain(ON_A_DESK)
      await desk.getByRole('button', { name: /^Sari Wening/ }).click()
      await desk.locator('nav.main').waitFor()
      await go(`/cases/${caseId}/note`, desk)
      await expect.poll(() => desk.locator('main form textarea').first().inputValue()).toBe(ON_A_DESK)
      // Ended from elsewhere: a page that begins anew has no words any more, and says so.
      await desk.locator('nav.main a').first().click()
      // Hers at the desk, the last that began; the phone goes on.
      await demo.rows(
        'update session set ended_at = kembali.now() where id = (select id from session order by made_at desc limit 1)',
      )
      await desk.reload()
      await desk.getByText(/your time was over, or the sign-in was ended somewhere else/).waitFor()
      await desk.getByText(/in a form that you had not saved are gone/).waitFor()
    } finally {
      await other.end()
    }
  }, 120_000)
})

describe('what is written on a locked phone', () => {
  test('is sealed while it is typed: a battery that dies before the button loses nothing', async () => {
    await page.goto(demo.url)
    await page.getByRole('link', { name: 'Write something down without unlocking' }).click()
    await page.getByRole('button', { name: 'A note' }).click()
    await page.getByLabel('What do you want to remember?').fill(WHILE_LOCKED)
    await keptOnDisk()
    await phone.kill()
    expect(filesWith(phone.profile, [WHILE_LOCKED])).toEqual([])
    await phone.open()
    page = await phone.page(320)
    await page.goto(demo.url)
    await unlock()
    await sent()
    await page.getByText('One thing you wrote while locked.').waitFor()
    await page.getByRole('link', { name: 'Look', exact: true }).first().click()
    await page.getByText(WHILE_LOCKED).waitFor()
  }, 120_000)
})

describe('two devices that write into the same field', () => {
  /** The phone without a line and the desk write; the phone finds both words, and its owner is on the screen where she chooses. */
  async function differ(desk: Page, mine: string, theirs: string): Promise<void> {
    await page.context().setOffline(true)
    await go(`/cases/${caseId}/card`)
    await page.locator('input[name=village]').fill(mine)
    await page.locator('main form button[type=submit]').click()
    await saved(page, /not sent yet/)
    await desk.goto(`${demo.url}/cases/${caseId}/card`)
    await desk.locator('input[name=village]').fill(theirs)
    await desk.locator('main form button[type=submit]').click()
    await desk.waitForURL(/\/cases\/[\w-]+$/)
    await saved(desk, /^All sent/)
    await page.context().setOffline(false)
    await page.locator('.save').getByRole('link', { name: 'Look' }).waitFor({ timeout: 60_000 })
    await page.locator('.save').getByRole('link', { name: 'Look' }).click()
    await page.locator('main a[href$="/differences"]').first().click()
  }

  /** What stands in the field now, for whoever opens the case. */
  async function village(desk: Page): Promise<string> {
    await desk.goto(`${demo.url}/cases/${caseId}/card`)
    return desk.locator('input[name=village]').inputValue()
  }

  test('both find both words, and a person chooses: one text of both, her own, or the other', async () => {
    const other = await openDevice()
    try {
      const desk = await other.page(1280)
      await signInAs(desk, demo, 'Sari Wening')
      await differ(desk, 'Under the hill', 'By the river')
      await page.getByText('Under the hill', { exact: true }).waitFor()
      await page.getByText('By the river', { exact: true }).waitFor()
      await page.getByText('Both are right: write one text').click()
      await page.locator('main details textarea').fill('By the river, under the hill')
      await page.locator('main details button').click()
      await page.getByText('Nothing is open any more.').waitFor()
      await saved(page, /^All sent/)
      for (const [mine, theirs, choice, stands] of [
        ['At the mill', 'At the well', 'Keep mine', 'At the mill'],
        ['At the bridge', 'At the market', 'Keep the other one', 'At the market'],
      ] as const) {
        expect(await village(desk)).toBe(stands === 'At the mill' ? 'By the river, under the hill' : 'At the mill')
        await differ(desk, mine, theirs)
        await page.getByRole('button', { name: choice }).click()
        await page.getByText('Nothing is open any more.').waitFor()
        await saved(page, /^All sent/)
        expect(await village(desk)).toBe(stands)
      }
    } finally {
      await other.end()
    }
  }, 120_000)
})

describe('a save on a slow line', () => {
  test('leaves its writer where she went meanwhile, with the words she has begun there', async () => {
    const other = await openDevice()
    try {
      const desk = await other.page(1280)
      await signInAs(desk, demo, 'Sari Wening')
      await saved(desk, /^All sent/)
      const before = await calls()
      let letGo = () => {}
      const held = new Promise<void>((resolve) => (letGo = resolve))
      await desk.route('**/api/operations', (route) => held.then(() => route.continue()))
      await goWithin(desk, `/cases/${caseId}/note`)
      await desk.locator('input[name=kind][value=call]').check()
      await desk.locator('main form textarea').first().fill('her aunt called back')
      await desk.locator('main form button[type=submit]').click()
      await desk.getByRole('button', { name: 'Saving' }).waitFor()
      await go(`/cases/${caseId}/task`, desk)
      await desk.locator('input[name=title]').fill('Ask the aunt for')
      letGo()
      await expect.poll(calls, { timeout: 30_000 }).toBe(before + 1)
      await saved(desk, /^All sent/)
      await arrived(desk)
      expect(new URL(desk.url()).pathname).toBe(`/cases/${caseId}/task`)
      expect(await desk.locator('input[name=title]').inputValue()).toBe('Ask the aunt for')
    } finally {
      await other.end()
    }
  }, 120_000)
})

describe('a phone whose program is too old for its server', () => {
  test('says so calmly, keeps what is written, and sends it once it has been renewed', async () => {
    const old = await phone.page(320)
    // As an old program says it: the one thing a server can see of it.
    await old.addInitScript(() => {
      const real = window.fetch
      window.fetch = (address, asked) => {
        const headers = new Headers(asked?.headers)
        if (headers.has('x-kembali')) headers.set('x-kembali', '0')
        return real(address, { ...asked, headers })
      }
    })
    await page.close()
    page = old
    await page.goto(demo.url)
    await unlock()
    await page.getByText(/You can go on writing: everything is kept here/).waitFor()
    await go(`/cases/${caseId}/note`)
    await page.locator('input[name=kind][value=call]').check()
    const before = await calls()
    await words().fill('written on an old phone')
    await page.locator('main form button[type=submit]').click()
    await page.waitForURL((url) => !url.pathname.endsWith('/note'))
    expect(await calls()).toBe(before)
    page = await phone.page(320)
    await old.close()
    await page.goto(demo.url)
    await unlock()
    await expect.poll(calls, { timeout: 60_000 }).toBe(before + 1)
  }, 120_000)
})

async function calls(): Promise<number> {
  const [row] = await demo.rows(
    `select count(*)::int as n from care_note where case_id = '${caseId}' and kind = 'call'`,
  )
  return Number(row?.n)
}
