import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What is wrong with the screen a page shows, as sentences. */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = []
  const shape = await page.evaluate(() => ({
    title: document.title,
    headings: document.querySelectorAll('h1').length,
    wider: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    main: document.querySelector('main')?.textContent ?? '',
  }))
  if (/Heron|Rice|River|Sari|Ratna|child|anak/i.test(shape.title)) faults.push(`the title says "${shape.title}"`)
  if (shape.headings !== 1) faults.push(`${shape.headings} first headings`)
  if (shape.wider > 0) faults.push(`${shape.wider} pixels wider than the screen`)
  const unspoken =
    /\b(access|association|cases|justice|referrals|reports|care|error|refused|save|way|time)\.[a-z_]+\b/.exec(
      shape.main,
    )
  if (unspoken !== null) faults.push(`an id instead of words: ${unspoken[0]}`)
  if (/Heron|Rice|Sari/.test(page.url())) faults.push(`a name in the address ${page.url()}`)
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: unknown) => Promise<{ violations: Violation[] }> } } // put there a line above
    type Violation = { id: string; nodes: { target: string[]; failureSummary: string }[] }
    const found = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    })
    return found.violations.map((one) => `${one.id} at ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)
  })
  return [...faults, ...violations]
}

/** Whether something is cut off when the same screen is shown at another width; the page then has its own width again. */
export async function widerThan(page: Page, width: number): Promise<string[]> {
  const own = page.viewportSize()
  await page.setViewportSize({ width, height: 800 })
  const wider = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        requestAnimationFrame(() => {
          const { scrollWidth, clientWidth } = document.documentElement
          done(scrollWidth - clientWidth)
        })
      }),
  )
  if (own !== null) await page.setViewportSize(own)
  return wider > 0 ? [`${wider} pixels wider than a screen of ${width}`] : []
}
