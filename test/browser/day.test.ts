import { createHash } from 'node:crypto'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Device, openDevice } from './chromium.ts'
import { type Demo, startDemo } from './program.ts'
import { dayAndTime, saved, setUpPhone, signInAs } from './steps.ts'
import { PROTOCOL, PROTOCOL_HEADER } from '../../src/core/protocol.ts'
import { newId, newOpId } from '../../src/crypto/random.ts'

// The small things of a day that must fit (`test/journeys/day.test.ts`), counted in taps on a small phone: a field is a tap too,
// and a choice from a list is two. Seconds are a person's, not a robot's.
const HOUR = 3_600_000
let demo: Demo
let phone: Device
let page: Page
let taps = 0
let begun = 0

beforeAll(async () => {
  demo = await startDemo()
  phone = await openDevice()
  page = await phone.page(320)
  await signInAs(page, demo, 'Sari Wening')
  await setUpPhone(page, demo)
})
afterAll(async () => {
  await phone.end()
  await demo.end()
})

/** Begins to count on the screen a phone shows when it is taken out of the pocket. */
async function fromToday(): Promise<void> {
  await page.locator('nav.main a').first().click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  taps = 0
  begun = performance.now()
}

/** What the program itself takes of a person's seconds, told to whoever runs this. */
function within(seconds: number, what: string): void {
  const took = (performance.now() - begun) / 1000
  console.log(`${what}: ${took.toFixed(1)} s of ${seconds}`)
  expect(took).toBeLessThan(seconds)
}
async function tap(what: Locator): Promise<void> {
  taps += 1
  await what.click()
}
async function type(field: Locator, words: string): Promise<void> {
  taps += 1
  await field.fill(words)
}
async function choose(list: Locator, of: Parameters<Locator['selectOption']>[0]): Promise<void> {
  taps += 2
  await list.selectOption(of)
}
const toCases = () => tap(page.locator('nav.main').getByRole('link', { name: 'Cases' }))

describe('without a line, on a small phone', () => {
  test('a note is written in eight taps at most, and is kept', async () => {
    await demo.stop()
    await fromToday()
    await toCases()
    await type(page.getByRole('searchbox'), 'heron')
    await tap(page.getByRole('link', { name: /Blue Heron/ }).first())
    await tap(page.getByRole('link', { name: 'Add a note' }).first())
    await tap(page.getByText('Call', { exact: true }).first())
    await type(page.locator('textarea[name="howIsTheChild"]'), 'His mother called: he slept, and asks for his ball')
    await tap(page.getByRole('button', { name: 'Save', exact: true }))
    await saved(page, /1 not sent yet/)
    within(60, 'a note')
    expect(taps).toBeLessThanOrEqual(8)
  })

  test('the child a mother calls about is found in two taps, by the number that calls', async () => {
    await fromToday()
    await toCases()
    await type(page.getByRole('searchbox'), '0811 000 417')
    await page
      .getByRole('link', { name: /Blue Heron/ })
      .first()
      .waitFor()
    expect(
      await page
        .locator('main')
        .getByRole('link', { name: /Morning Rice/ })
        .count(),
    ).toBe(0)
    expect(taps).toBe(2)
    within(10, 'from caller to child')
  })

  test('or by the last digits of the number', async () => {
    await fromToday()
    await toCases()
    await type(page.getByRole('searchbox'), '000417')
    await page
      .getByRole('link', { name: /Blue Heron/ })
      .first()
      .waitFor()
    within(10, 'from caller to child, by the last digits')
  })

  test('before a case is opened one looks whether the child has one, by what a caller says; a visit begins with how it is safe', async () => {
    await fromToday()
    await toCases()
    await page.getByRole('link', { name: 'New case' }).click()
    await page.getByText('Look first: has the child a case already?').click()
    await page.getByRole('searchbox').fill('qqq')
    await page.getByText(/None of your open cases on this device/).waitFor()
    await page.getByRole('searchbox').fill('rice')
    await page.getByRole('link', { name: /Morning Rice/ }).click()
    await page.getByRole('link', { name: 'Add a note' }).first().click()
    const how = page.getByText('Visit in the morning, with a colleague')
    expect(await how.count()).toBe(0)
    await page.getByText('Home visit', { exact: true }).first().click()
    await how.waitFor()
  })

  test('a call from the police at night has running clocks after twelve taps', async () => {
    await fromToday()
    await toCases()
    await tap(page.getByRole('link', { name: 'New case' }))
    await tap(page.getByText('Yes, the child is held', { exact: true }))
    const { day, time } = dayAndTime(Date.now() - HOUR, 'Asia/Makassar')
    await type(page.locator('input[name="at.day"]'), day)
    await type(page.locator('input[name="at.time"]'), time)
    await choose(page.locator('select[name="authority"]'), 'police_other')
    await choose(page.locator('select[name="region"]'), { label: 'Teluk' })
    await tap(page.getByRole('button', { name: 'Open the case' }))
    await page.getByText(/^Held since/).waitFor()
    await page.getByText(/\d+ time left/).waitFor()
    expect(taps).toBeLessThanOrEqual(12)
    within(60, 'a clock')
  })
})

describe('a worker with sixty cases, three things of each, on the same phone', () => {
  const CASES = 60
  const LATE = 24
  const THINGS = ['Call the school', 'Ask for the papers', 'Visit']

  test('reads everything that is late on two screens, a child who is not safe and a limit of the law before it, and opens the rest of a child', async () => {
    await demo.start()
    await saved(page, /^All sent/)
    await sixty()
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await fromToday()
    const groups = page.locator('main section.group')
    const [unsafe, limits, late] = [groups.nth(0), groups.nth(1), group(/^Overdue/)]
    await unsafe.getByText('See that the child is safe').first().waitFor()
    await limits.getByText('Find out: Before a judge within 24 hours').first().waitFor()
    await expect.poll(() => childrenIn(late), { timeout: 60_000 }).toBeGreaterThanOrEqual(LATE)
    // From the heading of what is late to its last child: two screens, without anything that has to be opened.
    const box = await late.boundingBox()
    expect(box?.height).toBeLessThan(2 * 780)
    expect(await childrenIn(group(/^This week/))).toBeGreaterThan(CASES - LATE)
    const line = late.locator('.due-lines details').first()
    expect(await line.getByRole('link').first().isVisible()).toBe(false)
    await line.locator('summary').click()
    expect(await line.getByRole('link').allInnerTexts()).toEqual(THINGS)
  }, 180_000)

  const group = (name: RegExp) =>
    page.locator('main section.group').filter({ has: page.getByRole('heading', { level: 2, name }) })
  const childrenIn = (of: Locator) => of.locator('li.task').count()

  /** What sixty children leave behind, sent from another device of hers. */
  async function sixty(): Promise<void> {
    const [me] = await demo.rows(
      `select u.id, u.org_id, t.team_id from app_user u join team_member t on t.person_id = u.id where u.name = 'Sari Wening'`,
    )
    const token = newId()
    const hash = createHash('sha256').update(token).digest('hex')
    await demo.rows(
      `select kembali.session_start('${String(me?.id)}', '\\x${hash}', 'demo', false, 'other', 'other', null)`,
    )
    const device = newId()
    let seq = 0
    const op = (type: string, payload: object, baseVersion: number | null = null) => {
      seq += 1
      return { opId: newOpId(), device, seq, type, baseVersion, payload, claimedAt: new Date().toISOString() }
    }
    const operations = Array.from({ length: CASES }, (_, n) => {
      const id = newId()
      const dueAt = (m: number) => new Date(Date.now() + (n < LATE ? -30 - n : 72) * HOUR + m * 60_000).toISOString()
      const of = { region: 'NC-TL', sex: 'female', ageBand: '12_14', threatened: false }
      return [
        op('cases.open_case', { id, alias: aliasOf(n), orgId: me?.org_id, teamId: me?.team_id, ...of }),
        op('cases.edit_safe_start', { id, caseId: id, set: { safeNow: 'yes' } }, 0),
        ...THINGS.map((title, m) =>
          op('care.edit_task', { id: newId(), caseId: id, set: { state: 'open', title, dueAt: dueAt(m) } }, 0),
        ),
      ]
    }).flat()
    for (let from = 0; from < operations.length; from += 100) {
      const answer = await fetch(`${demo.url}/api/operations`, {
        method: 'POST',
        headers: {
          cookie: `kembali=${token}`,
          origin: demo.url,
          'content-type': 'application/json',
          [PROTOCOL_HEADER]: String(PROTOCOL),
        },
        body: JSON.stringify({ operations: operations.slice(from, from + 100) }),
      })
      const said = (await answer.json()) as { answers: { answer: string }[] } // our own server answers in its own schema
      expect(said.answers.filter((one) => one.answer !== 'accepted')).toEqual([])
    }
  }
  const aliasOf = (n: number) => `Sixty ${String(n).replaceAll(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)))}`
})
