import type { Speech } from '../../../web/language.ts'
import type { Browser } from '../browser.ts'

/** Products are called the same in every language. */
const PRODUCTS: Record<string, string> = {
  edge: 'Edge',
  samsung: 'Samsung Internet',
  opera: 'Opera',
  firefox: 'Firefox',
  chrome: 'Chrome',
  safari: 'Safari',
  android: 'Android',
  ios: 'iOS',
  windows: 'Windows',
  mac: 'macOS',
  linux: 'Linux',
}

const PHONES = ['android', 'ios']

/** Which device a sign-in is on, as far as its browser says: "This computer · Chrome on Linux". */
export function placeText({ t }: Pick<Speech, 't'>, { browser, system, here }: Browser & { here: boolean }): string {
  const [by, on] = [PRODUCTS[browser], PRODUCTS[system]]
  const product = by !== undefined && on !== undefined ? t('access.place.browser_on', { browser: by, system: on }) : by
  return [deviceText(), product ?? ''].filter((text) => text !== '').join(' · ')

  function deviceText(): string {
    if (on === undefined) return t(here ? 'access.place.here' : 'access.place.unknown')
    if (PHONES.includes(system)) return t(here ? 'access.place.this_phone' : 'access.place.phone')
    return t(here ? 'access.place.this_computer' : 'access.place.computer')
  }
}
