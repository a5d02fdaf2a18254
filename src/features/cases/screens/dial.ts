/** A number as people write it among words; a day of the calendar is none. */
const NUMBER = /(?<![\d+])\+?\(?\d[\d ().-]{4,}\d/g
const DAY = /^\d{4}-\d{2}-\d{2}$|^\d{1,2}[.-]\d{1,2}[.-]\d{2,4}$/
const LEAST_DIGITS = 6

/** The numbers somebody wrote into a text, each as it is written there and once. */
export function numbersIn(text: string): string[] {
  const found = (text.match(NUMBER) ?? []).filter(
    (number) => number.replaceAll(/\D/g, '').length >= LEAST_DIGITS && !DAY.test(number),
  )
  return [...new Set(found)]
}

/** What the phone is asked to call: only the digits of a number and its plus, however somebody wrote it. */
export function dial(phone: string): string {
  return `tel:${phone.replaceAll(/[^\d+]/g, '')}`
}
