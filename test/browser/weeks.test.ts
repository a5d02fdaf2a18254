import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Device, openDevice } from './chromium.ts'
import { type Demo, startDemo } from './program.ts'
import { dayAndTime, saved, setUpPhone, signInAs, unfold } from './steps.ts'

// The weeks of two people of `personas.md`, each on the device she has: a social worker's phone, half of it without a line, and
// her supervisor's desk.
const HOUR = 3_600_000
const ZONE = 'Asia/Makassar'
let demo: Demo
let phone: Device
let desk: Device

beforeAll(async () => {
  demo = await startDemo()
  phone = await openDevice()
  desk = await openDevice()
})
afterAll(async () => {
  await phone.end()
  await desk.end()
  await demo.end()
})

const day = (inDays: number) => dayAndTime(Date.now() + inDays * 24 * HOUR, ZONE).day
const mainText = (page: Page) => page.locator('main').innerText()
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click()

const toToday = (page: Page) => page.locator('nav.main a').first().click()

/** From the day to the file of a child, as she finds it: by what it is called. */
async function openFile(page: Page, called: string): Promise<void> {
  await page.locator('nav.main').getByRole('link', { name: 'Cases' }).click()
  await page.getByRole('link', { name: called }).first().click()
  await page.getByRole('link', { name: 'Who may see this' }).waitFor()
}

describe('a social worker’s week', () => {
  let page: Page
  let boy = ''

  beforeAll(async () => {
    page = await phone.page()
    await signInAs(page, demo, 'Sari Wening')
    await setUpPhone(page, demo)
  })

  async function toTheBoy(link: string, section?: string): Promise<void> {
    await openFile(page, boy)
    if (section !== undefined) await unfold(page, section)
    await page.getByRole('link', { name: link, exact: true }).first().click()
    await page.locator('main form').waitFor()
  }

  test('on Monday she is called: police hold a boy of fourteen, and his clocks run before he has a file', async () => {
    await page.locator('nav.main').getByRole('link', { name: 'Cases' }).click()
    await page.getByRole('link', { name: 'New case' }).click()
    await page.getByLabel('Yes, the child is held').check()
    const { day: on, time } = dayAndTime(Date.now() - 2 * HOUR, ZONE)
    await page.locator('input[name="at.day"]').fill(on)
    await page.locator('input[name="at.time"]').fill(time)
    await page.locator('select[name="authority"]').selectOption('police_other')
    await page.locator('select[name="region"]').selectOption({ label: 'Teluk' })
    await page.getByRole('button', { name: 'Open the case' }).click()
    await page.waitForURL(/\/cases\/[0-9a-f-]{36}$/)
    await page.getByText(/^Held since/).waitFor()
    boy = (await page.locator('main h1').first().innerText()).split('\n')[0]?.trim() ?? ''
    expect(boy).not.toBe('')
    await toToday(page)
    await page.getByRole('link', { name: 'Find out: Before a judge within 24 hours' }).first().waitFor()
  })

  test('she goes there, and signs for him: from then on no authority owes him its limits', async () => {
    await toTheBoy('Record a contact')
    await page.getByLabel('Handover to child protection', { exact: true }).check()
    const { day: on, time } = dayAndTime(Date.now() - 60_000, ZONE)
    await page.locator('input[name="at.day"]').fill(on)
    await page.locator('input[name="at.time"]').fill(time)
    await page.locator('select[name="authority"]').selectOption('police_other')
    for (const unknown of await page.getByLabel('Not known yet').all()) await unknown.check()
    await save(page)
    await saved(page, /^All sent/)
    await openFile(page, boy)
    await page.getByText(/^Held since/).waitFor({ state: 'detached' })
  })

  test('the same hour she looks whether he is safe, and says how she knows', async () => {
    await openFile(page, boy)
    await page.getByRole('link', { name: 'Safety checks' }).click()
    await page.locator('main a[href$="/safety/new"]').click()
    await page.getByLabel('Yes', { exact: true }).check()
    await page.locator('textarea[name="childSays"]').fill('I want to sleep and then call my mother')
    await page.locator('input[name="harmToChild"][value="medium"]').check()
    await page.getByLabel('Saw the child').check()
    await page.locator('input[name="nextOn"]').fill(day(2))
    await save(page)
    // Recorded, and only then sent: the line says "All sent" of what came before until the page moves on.
    await page.waitForURL((url) => !url.pathname.endsWith('/new'))
    await saved(page, /^All sent/)
  })

  test('two visits by boat have no line: both are written down there, and are there for others once she is back', async () => {
    await demo.stop()
    for (const [child, words] of [
      ['Orange Shell', 'She showed me the letters she can write'],
      ['Morning Rice', 'He mended the neighbour’s radio'],
    ] as const) {
      await openFile(page, child)
      await page.getByRole('link', { name: 'Add a note' }).first().click()
      await page.getByText('Home visit', { exact: true }).first().click()
      await page.locator('textarea[name="howIsTheChild"]').fill(words)
      await save(page)
      await page.getByRole('link', { name: 'Who may see this' }).waitFor()
    }
    await saved(page, /2 not sent yet/)
    await demo.start()
    await saved(page, /^All sent/)
    const [{ visits } = { visits: 0 }] = await demo.rows(
      `select count(*)::int as visits from care_note where kind = 'home_visit' and at > kembali.now() - interval '1 hour'`,
    )
    expect(visits).toBe(2)
  }, 120_000)

  test('his grandmother has no telephone, and stands among the people around him all the same', async () => {
    await demo.stop()
    await openFile(page, boy)
    await unfold(page, 'People around the child')
    await page.getByRole('link', { name: 'Everybody around the child' }).click()
    await page.getByRole('link', { name: 'Add somebody' }).click()
    await page.locator('input[name="callName"]').fill('Oma Tin')
    await page.locator('select[name="relation"]').selectOption({ label: 'Grandmother' })
    await page.locator('input[name="mayBeCalled"][value="any_time"]').check()
    await save(page)
    await page.getByText('Oma Tin').first().waitFor()
    await demo.start()
    await saved(page, /^All sent/)
    await page.getByText('Oma Tin').first().waitFor()
  }, 120_000)

  test('one assessment is begun with what is good, stopped when the child is tired, and gone on with where she stopped', async () => {
    await openFile(page, 'Olive Spoon')
    await unfold(page, 'Where this case stands')
    await page.getByRole('link', { name: 'The assessment' }).first().click()
    await page.getByRole('link', { name: 'Family and home' }).click()
    await page.locator('textarea[name="q.fam_good"]').fill('His sister carries him everywhere')
    await page.locator('select[name="none.fam_wish"]').selectOption({ label: 'Not asked yet' })
    await page.getByLabel('I saw it myself').check()
    await page.locator('input[name="next"]').fill('Ask who cares for him at night')
    await page.getByRole('button', { name: 'Stop here for today' }).click()
    await page.getByText('Ask who cares for him at night').waitFor()
    expect(await mainText(page)).toMatch(/Family and home\s+In progress/)
    await page.getByRole('link', { name: 'Go on here' }).click()
    await page.locator(`textarea[name="q.fam_good"]`).waitFor({ state: 'attached' })
    expect(await page.locator('textarea[name="q.fam_good"]').inputValue()).toBe('His sister carries him everywhere')
  })

  test('one plan has a goal in the boy’s words, and says what it lacks before her supervisor can read it', async () => {
    await openFile(page, boy)
    await unfold(page, 'Work with the child')
    await page.getByRole('link', { name: /^Plan/ }).first().click()
    await page.getByRole('link', { name: 'Add a goal' }).click()
    await page.locator('textarea[name="inTheirWords"]').fill('I want to go back to my class')
    await page.locator('select[name="domain"]').selectOption('education_work')
    await page.locator('input[name="dueOn"]').fill(day(20))
    await save(page)
    await page.getByText('I want to go back to my class').first().waitFor()
    await page.getByText('Before a supervisor can read it, it still needs:').waitFor()
  })

  test('a birth certificate is chased and the court’s report is due: both stand in her day with their day', async () => {
    for (const [title, dueOn] of [
      ['Ask the registrar for the birth certificate', day(0)],
      ['Hand in the social report', day(3)],
    ] as const) {
      await toTheBoy('Add a task', 'Work with the child')
      await page.locator('input[name="title"]').fill(title)
      await page.locator('input[name="dueOn"]').fill(dueOn)
      await save(page)
      await saved(page, /^All sent/)
    }
    await toToday(page)
    // What else is due of a child in a week stands behind what comes first of it.
    const folded = page.locator('main section.group details:not([open]) > summary')
    for (await folded.first().waitFor(); (await folded.count()) > 0;) await folded.first().click()
    await page.getByRole('link', { name: 'Hand in the social report' }).waitFor()
    await page.getByRole('link', { name: 'Ask the registrar for the birth certificate' }).waitFor()
  })

  test('no school is written to before the child was asked', async () => {
    await openFile(page, boy)
    await unfold(page, 'Agreements')
    await page.getByRole('link', { name: 'Referrals' }).click()
    await page.getByRole('link', { name: 'Write a letter' }).click()
    await page.getByText(/^Nothing may be sent yet/).waitFor()
    await page.getByRole('link', { name: 'Ask for consent' }).waitFor()
    await page.getByRole('link', { name: 'Nobody can be asked' }).click()
    await page.getByRole('heading', { name: /^When nobody can be asked/ }).waitFor()
  })

  test('one yes to one body hides no way to another: where nobody can be asked, she still finds what to do', async () => {
    const toBasis = async () => {
      await page.getByRole('link', { name: 'Nobody can be asked' }).click()
      await page.getByRole('heading', { name: /^When nobody can be asked/ }).waitFor()
    }
    await openFile(page, boy)
    await unfold(page, 'Agreements')
    await page.getByRole('link', { name: 'Ask for consent' }).click()
    for (const [name, value] of [
      ['purpose', 'referral_specific'],
      ['recipient', 'school_focal'],
      ['language', 'en'],
    ] as const)
      await page.locator(`select[name="${name}"]`).selectOption(value)
    for (const [name, value] of [
      ['child', 'agrees'],
      ['adult', 'agrees'],
      ['adultIs', 'parent_or_carer'],
    ] as const)
      await page.locator(`input[name="${name}"][value="${value}"]`).check()
    await save(page)
    await toBasis()
    await openFile(page, boy)
    await unfold(page, 'Agreements')
    await page.getByRole('link', { name: 'Referrals' }).click()
    await page.getByRole('link', { name: 'Write a letter' }).click()
    await page.locator('select[name="ground"]').waitFor()
    await toBasis()
  })

  test('on Friday she reads what was agreed with her supervisor; no list of her week said what kind of child it was', async () => {
    await toToday(page)
    await page.locator('main h1').first().waitFor()
    const today = await mainText(page)
    await page.locator('nav.main').getByRole('link', { name: 'Cases' }).click()
    await page.getByRole('link', { name: 'New case' }).waitFor()
    for (const said of [today, await mainText(page), await page.title()])
      expect(said).not.toMatch(/terror|extremis|associat|militan|radical/i)
    await openFile(page, 'Morning Rice')
    await page.getByRole('link', { name: 'Talks, and what was found in the file' }).click()
    await page.getByRole('heading', { name: 'Talks' }).waitFor()
  })
})

describe('a computer that keeps nothing', () => {
  test('goes on without a line too: a note is written once, and the page asks before it is left', async () => {
    const page = await desk.page(1280)
    await signInAs(page, demo, 'Dedi Rahman')
    await openFile(page, 'Quiet River')
    await demo.stop()
    await page.getByRole('link', { name: 'Add a note' }).first().click()
    await page.getByText('Call', { exact: true }).first().click()
    await page.locator('textarea[name="howIsTheChild"]').fill('She asks for her mother')
    await save(page)
    await page.getByRole('link', { name: 'Who may see this' }).waitFor()
    await saved(page, /1 not sent yet: keep this page open/)
    const asked = page.waitForEvent('dialog')
    await page.close({ runBeforeUnload: true })
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    await demo.start()
    await saved(page, /^All sent/)
    const [{ notes } = { notes: 0 }] = await demo.rows(
      `select count(*)::int as notes from care_note where kind = 'call' and at > kembali.now() - interval '1 hour'`,
    )
    expect(notes).toBe(1)
    await page.context().clearCookies()
    await page.close()
  }, 120_000)
})

describe('a supervisor’s week', () => {
  let page: Page

  beforeAll(async () => {
    page = await desk.page(1280)
    await signInAs(page, demo, 'Ibu Ratna')
  })

  async function answered(path: RegExp): Promise<void> {
    await page.waitForURL(path)
    await page.locator('main h1').first().waitFor()
  }

  test('she gives a case that somebody only took the call for to the worker who has the hours and the language', async () => {
    await page.locator('nav.main').getByRole('link', { name: 'More' }).click()
    await page.locator('main a[href="/allocate"]').click()
    await page.getByRole('heading', { name: 'One case waits for a worker' }).waitFor()
    await page.getByLabel(/^Dedi Rahman/).check()
    await page.getByRole('button', { name: 'Give the case' }).click()
    await page.getByText('One case waits for a worker').waitFor({ state: 'detached' })
    const [{ workers } = { workers: 0 }] = await demo.rows(
      `select count(*)::int as workers from child_case c join app_user u on u.id = c.worker_id where u.name = 'Wati Lestari' and c.state = 'open'`,
    )
    expect(workers).toBe(0)
  })

  test('she returns an assessment with a reason, and approves a plan with a comment', async () => {
    await page.goto(`${demo.url}/approvals`)
    await page.getByRole('link', { name: 'Approve an assessment' }).click()
    await page.getByRole('link', { name: 'Answer the assessment' }).click()
    await page.getByLabel(/^Return it/).check()
    await page.locator('textarea').first().fill('Ask his aunt too, and come back to me')
    await page.getByRole('button', { name: /^Give this answer|^Send the answer/ }).click()
    await answered(/assessment/)
    await page.goto(`${demo.url}/approvals`)
    await page.getByRole('link', { name: 'Approve a plan' }).click()
    await page
      .getByRole('link', { name: /answer/i })
      .first()
      .click()
    await page.getByLabel('Approve it').check()
    await page.locator('textarea[name="reason"]').fill('Good: his words stand first')
    await page.getByRole('button', { name: 'Give this answer' }).click()
    await answered(/plan/)
    await page.goto(`${demo.url}/approvals`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByRole('link', { name: 'Urgent protection' }).waitFor()
    for (const done of ['Approve an assessment', 'Approve a plan'])
      expect(await page.getByRole('link', { name: done }).count()).toBe(0)
  })

  test('she signs what was done at once to protect a child, and what a panel weighed', async () => {
    for (const act of ['Urgent protection', 'Best-interests determination']) {
      await page.goto(`${demo.url}/approvals`)
      await page.getByRole('link', { name: act }).click()
      await page.getByLabel('I have read it and sign').check()
      await page.getByRole('button', { name: 'Send the answer' }).click()
      await page.getByText('Signed').first().waitFor()
    }
  })

  test('she reads what an authority owes whom, the latest first, by alias alone', async () => {
    await page.goto(`${demo.url}/safeguards`)
    await page.getByRole('link', { name: 'Quiet River' }).first().waitFor()
    expect(await mainText(page)).not.toMatch(/Mila|Upper Ridge|Adi\b/)
  })

  test('she prepares a case conference, and looks at five files that nobody chose', async () => {
    await page.locator('nav.main').getByRole('link', { name: 'Today' }).click()
    await page.getByRole('link', { name: 'Prepare' }).first().click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.locator('nav.main').getByRole('link', { name: 'Today' }).click()
    await page.locator('main a[href="/team/files"]').click()
    await page.getByRole('link', { name: 'Answer the questions' }).first().waitFor()
    expect(await page.getByRole('link', { name: 'Answer the questions' }).count()).toBe(5)
  })

  test('she talks with a worker, who reads what was noted', async () => {
    await openFile(page, 'Orange Shell')
    await page.getByRole('link', { name: 'Talks, and what was found in the file' }).click()
    await page.getByRole('link', { name: 'Note a talk' }).click()
    await page.locator('select[name="withId"]').selectOption({ label: 'Sari Wening' })
    await page.locator('input[name="heldOn"]').fill(day(0))
    await page.locator('textarea[name="talked"]').fill('You found the class she likes')
    await save(page)
    await page.getByText('You found the class she likes').waitFor()
    const worker = await desk.page(390)
    await worker.context().clearCookies()
    await signInAs(worker, demo, 'Sari Wening')
    await worker.goto(`${demo.url}/cases`)
    await openFile(worker, 'Orange Shell')
    await worker.getByRole('link', { name: 'Talks, and what was found in the file' }).click()
    await worker.getByText('You found the class she likes').waitFor()
    await worker.context().clearCookies()
    await signInAs(page, demo, 'Ibu Ratna')
  })

  test('she sees who may open a file of her team, who opened it, and that nothing is left for her to sign of what she signed', async () => {
    await openFile(page, 'Morning Rice')
    await page.getByRole('link', { name: 'Who may see this' }).click()
    await page.getByText('Nobody else can open this file').waitFor()
    await openFile(page, 'Morning Rice')
    await unfold(page, 'Colleagues on this case')
    await page.getByRole('link', { name: 'Who changed what' }).click()
    await page.getByRole('link', { name: 'Who opened this file' }).click()
    await page
      .getByText(/^on (one day|\d+ days)/)
      .first()
      .waitFor()
    await page.goto(`${demo.url}/approvals`)
    await page.getByRole('link', { name: 'Copy for one named body' }).waitFor()
    expect(await page.locator('main').getByRole('link').count()).toBe(1)
  })
})
