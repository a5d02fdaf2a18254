import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Device, openDevice } from './chromium.ts'
import { type Demo, startDemo } from './program.ts'

let demo: Demo
let device: Device
beforeAll(async () => {
  demo = await startDemo()
  device = await openDevice()
})
afterAll(async () => {
  await device.end()
  await demo.end()
})

test('Lighthouse gives the first page at least 95 for accessibility', async () => {
  const { default: lighthouse } = await import('lighthouse')
  const found = await lighthouse(`${demo.url}/sign-in`, {
    port: device.port(),
    onlyCategories: ['accessibility'],
    logLevel: 'silent',
  })
  expect((found?.lhr.categories.accessibility?.score ?? 0) * 100).toBeGreaterThanOrEqual(95)
}, 120_000)
